// Original file: protos/demo.proto


export interface GreetManyRequest {
  'name'?: (string);
  'languages'?: (string)[];
  'forever'?: (boolean);
}

export interface GreetManyRequest__Output {
  'name': (string);
  'languages': (string)[];
  'forever': (boolean);
}
