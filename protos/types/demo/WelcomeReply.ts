// Original file: protos/demo.proto


export interface WelcomeReply {
  'lines'?: (string)[];
}

export interface WelcomeReply__Output {
  'lines': (string)[];
}
