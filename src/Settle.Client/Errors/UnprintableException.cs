namespace Settle;

/// <summary>
/// A letter would have a character that none of its fonts has. The electronic invoice has it all
/// the same. Nothing changed.
/// </summary>
public sealed class UnprintableException : SettleException
{
    /// <summary>Makes the error for a text and the first such character in it.</summary>
    public UnprintableException(string field, string character)
        : base("unprintable", string.Create(CultureInfo.InvariantCulture,
            $"{field}: '{character}' (U+{char.ConvertToUtf32(character, 0):X4}) cannot be printed")
            + ": no font of letters has it; take the electronic invoice (ubl or cii)") =>
        Field = field;

    internal UnprintableException(string message)
        : base("unprintable", message) => Field = message.Split(':')[0];

    /// <summary>Where it is, such as <c>lines[0].description</c>.</summary>
    public string Field { get; }
}
