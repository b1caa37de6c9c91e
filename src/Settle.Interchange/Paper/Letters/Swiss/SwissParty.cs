namespace Settle.Paper.Letters.Swiss;

/// <summary>A name and address as a QR-bill has them, cut to what its fields take.</summary>
internal sealed record SwissParty(
    string Name, string Street, string PostalCode, string City, string Country)
{
    private const int NameMax = 70;
    private const int StreetMax = 70;
    private const int PostalCodeMax = 16;
    private const int CityMax = 35;

    /// <summary>
    /// Null where a QR-bill cannot name it: it lacks a place, or has letters that Swiss payments do
    /// not know. Then the payer writes it by hand.
    /// </summary>
    public static SwissParty? Of(Party party)
    {
        if (string.IsNullOrWhiteSpace(party.PostalCode) || string.IsNullOrWhiteSpace(party.City))
            return null;
        var made = new SwissParty(Cut(party.Name, NameMax), Cut(party.Street ?? "", StreetMax),
            Cut(party.PostalCode, PostalCodeMax), Cut(party.City, CityMax), party.Country);
        return $"{made.Name}{made.Street}{made.PostalCode}{made.City}".All(IsAllowed)
            && party.Country.Length == 2 && made.Name.Length > 0 ? made : null;
    }

    /// <summary>The lines as people read them.</summary>
    public IEnumerable<string> Lines => new[] { Name, Street, $"{PostalCode} {City}" }
        .Where(line => line.Length > 0);

    /// <summary>The lines as the code has them: S is an address in parts.</summary>
    public IEnumerable<string> Fields => ["S", Name, Street, "", PostalCode, City, Country];

    /// <summary>Whether Swiss payments know a letter.</summary>
    public static bool IsAllowed(char c) => c is (>= ' ' and <= '~')
        or (>= '\u00A0' and <= '\u017F') or (>= '\u0218' and <= '\u021B') or '€';

    private static string Cut(string text, int length)
    {
        var plain = ADRaffy.ENSNormalize.ENSNormalize.NF.NFC(text).Trim();
        return plain.Length <= length ? plain : plain[..length].TrimEnd();
    }
}
