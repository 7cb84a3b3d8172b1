// Original file: protos/demo.proto


export interface TranslateRequest {
  'text'?: (string);
  'language'?: (string);
}

export interface TranslateRequest__Output {
  'text': (string);
  'language': (string);
}
