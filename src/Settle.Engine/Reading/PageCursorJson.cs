using System.Text.Json.Serialization;

namespace Settle.Reading;

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(PageCursor))]
internal sealed partial class PageCursorJson : JsonSerializerContext;
