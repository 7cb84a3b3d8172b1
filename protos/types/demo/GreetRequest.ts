// Original file: protos/demo.proto


export interface GreetRequest {
  'name'?: (string);
  'language'?: (string);
}

export interface GreetRequest__Output {
  'name': (string);
  'language': (string);
}
