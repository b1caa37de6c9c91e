using System.Collections.Immutable;

namespace Settle.Chain;

/// <summary>
/// How far a block's writer has read each other chain (S5, S6). A block's header has only what
/// advanced with it. Immutable.
/// </summary>
internal sealed class SeenVector : IEquatable<SeenVector>
{
    public static readonly SeenVector Empty =
        new(ImmutableSortedDictionary.Create<string, SeenMark>(StringComparer.Ordinal));

    private readonly ImmutableSortedDictionary<string, SeenMark> _marks;

    private SeenVector(ImmutableSortedDictionary<string, SeenMark> marks) => _marks = marks;

    public bool IsEmpty => _marks.IsEmpty;

    /// <summary>The chains that were read at all, by name.</summary>
    public IEnumerable<KeyValuePair<string, SeenMark>> Marks => _marks;

    /// <summary>How far a site's chain was read.</summary>
    public SeenMark this[string site] => _marks.GetValueOrDefault(site);

    public SeenVector With(string site, SeenMark mark) => new(_marks.SetItem(site, mark));

    /// <summary>What is read once a block has advanced it.</summary>
    public SeenVector Advance(SeenVector header) =>
        header.IsEmpty ? this : new(_marks.SetItems(header._marks));

    /// <summary>What advanced since an earlier one.</summary>
    public SeenVector Since(SeenVector earlier) => ReferenceEquals(this, earlier) ? Empty
        : new(_marks.Where(mark => earlier[mark.Key] != mark.Value)
            .ToImmutableSortedDictionary(StringComparer.Ordinal));

    public bool Equals(SeenVector? other) =>
        other is not null && _marks.SequenceEqual(other._marks);

    public override bool Equals(object? obj) => Equals(obj as SeenVector);

    public override int GetHashCode() => _marks.Count;

    public void Write(JsonBuffer json)
    {
        var separator = (byte)'{';
        Span<byte> hex = stackalloc byte[BlockHash.TextLength];
        foreach (var (site, mark) in _marks)
        {
            json.Raw([separator]);
            separator = (byte)',';
            json.String(Encoding.UTF8.GetBytes(site));
            json.Raw(":{\"hash\":"u8);
            mark.Hash.WriteHex(hex);
            json.String(hex);
            json.Raw(",\"height\":"u8);
            json.Number(mark.Height);
            json.Raw("}"u8);
        }
        json.Raw("}"u8);
    }

    /// <exception cref="FormatException">It is not what a writer wrote.</exception>
    public static SeenVector Read(JsonElement json)
    {
        var marks = Empty._marks.ToBuilder();
        foreach (var member in json.EnumerateObject())
        {
            var height = member.Value.GetProperty("height").GetInt64();
            if (height is < 1 or > BlockId.HeightMax || !BlockHash.TryParse(Encoding.UTF8.GetBytes(
                member.Value.GetProperty("hash").GetString()!), out var hash))
            {
                throw new FormatException($"what it has seen of '{member.Name}' is damaged");
            }
            marks[member.Name] = new SeenMark(height, hash);
        }
        return marks.Count > 0 ? new(marks.ToImmutable())
            : throw new FormatException("it says that it has seen nothing");
    }
}
