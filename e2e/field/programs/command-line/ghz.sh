# #region integrations: grpcurl, ghz
ghz --insecure --proto protos/echo.proto --call test.Echo.Unary --total 200 \
  --metadata '{ "traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" }' \
  --data '{ "text": "hello" }' "$ADDRESS"
# #endregion
