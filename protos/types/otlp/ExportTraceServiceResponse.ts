// Original file: protos/otlp.proto


export interface ExportTraceServiceResponse {
}

export interface ExportTraceServiceResponse__Output {
}
