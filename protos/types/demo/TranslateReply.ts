// Original file: protos/demo.proto


export interface TranslateReply {
  'text'?: (string);
}

export interface TranslateReply__Output {
  'text': (string);
}
