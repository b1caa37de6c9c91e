using System.Text.Json.Serialization;

namespace Settle.Views;

/// <summary>The shapes of JSON that entries carry.</summary>
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(List<string>))]
internal sealed partial class JsonTexts : JsonSerializerContext;
