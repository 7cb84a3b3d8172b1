// Original file: protos/demo.proto


export interface GreetReply {
  'text'?: (string);
}

export interface GreetReply__Output {
  'text': (string);
}
