using System.Text.Json.Serialization;

namespace Settle.Import;

[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class CsvJson : JsonSerializerContext;
