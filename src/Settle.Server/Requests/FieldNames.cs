using System.Text;
using System.Text.Json;

namespace Settle.Server;

/// <summary>The fields that an object of a request may have; at most 64.</summary>
internal sealed class FieldNames(string what, params string[] names)
{
    private readonly byte[][] _utf8 = [.. names.Select(Encoding.UTF8.GetBytes)];

    /// <summary>What the object is, for people: <c>a transfer</c>.</summary>
    public string What => what;

    public string this[int index] => names[index];

    /// <summary>
    /// The index of the name that the reader stands at; -1 when it is none of these.
    /// </summary>
    public int Find(ref Utf8JsonReader reader)
    {
        for (var i = 0; i < _utf8.Length; i++)
            if (reader.ValueTextEquals(_utf8[i])) return i;
        return -1;
    }

    public override string ToString() => string.Join(", ", names);
}
