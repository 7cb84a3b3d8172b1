// Original file: protos/demo.proto


export interface WelcomeRequest {
  'name'?: (string);
}

export interface WelcomeRequest__Output {
  'name': (string);
}
