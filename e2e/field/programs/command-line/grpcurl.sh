# #region integrations: grpcurl, ghz
grpcurl -plaintext -proto protos/echo.proto \
  -H 'traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' \
  -d '{ "text": "hello" }' "$ADDRESS" test.Echo/Unary
# #endregion
