// Original file: protos/echo.proto


export interface Msg {
  'text'?: (string);
  'n'?: (number);
}

export interface Msg__Output {
  'text': (string);
  'n': (number);
}
