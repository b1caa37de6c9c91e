using System.Text.Json.Serialization.Metadata;

namespace Settle.Cli.Output;

/// <summary>A JSON array with an item a line, written as the items come.</summary>
internal static class JsonLines
{
    public static void WriteArray<T>(TextWriter output, IEnumerable<T> items, JsonTypeInfo<T> type)
    {
        var separator = "[";
        foreach (var item in items)
        {
            output.WriteLine(separator);
            output.Write(JsonSerializer.Serialize(item, type));
            separator = ",";
        }
        if (separator == "[") output.WriteLine("[]");
        else
        {
            output.WriteLine();
            output.WriteLine("]");
        }
    }
}
