// package: test
// file: echo.proto

/* tslint:disable */
/* eslint-disable */

import * as jspb from "google-protobuf";

export class Msg extends jspb.Message { 
    getText(): string;
    setText(value: string): Msg;
    getN(): number;
    setN(value: number): Msg;

    serializeBinary(): Uint8Array;
    toObject(includeInstance?: boolean): Msg.AsObject;
    static toObject(includeInstance: boolean, msg: Msg): Msg.AsObject;
    static extensions: {[key: number]: jspb.ExtensionFieldInfo<jspb.Message>};
    static extensionsBinary: {[key: number]: jspb.ExtensionFieldBinaryInfo<jspb.Message>};
    static serializeBinaryToWriter(message: Msg, writer: jspb.BinaryWriter): void;
    static deserializeBinary(bytes: Uint8Array): Msg;
    static deserializeBinaryFromReader(message: Msg, reader: jspb.BinaryReader): Msg;
}

export namespace Msg {
    export type AsObject = {
        text: string,
        n: number,
    }
}
