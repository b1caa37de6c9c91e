using System.Text.Json.Serialization;

namespace Settle.Journals;

[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class CsvJson : JsonSerializerContext;
