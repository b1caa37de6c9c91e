namespace Settle.Paper.Letters;

/// <summary>
/// The lines of an address in the order of its country, as its post expects them (Universal Postal
/// Union, S42).
/// </summary>
internal static class PostalAddress
{
    // Where the postal code is not before the city: behind it, or on a line of its own below.
    private static readonly HashSet<string> Behind = Set(
        "AS AU BD BH BM BN BT CA FM GU ID IN IQ IR JO JP KH KR LB LV MH MM MN MP MT MV NF NG NP"
        + " NZ PE PG PK PR PW SA SG TH TW UM US VI VN");

    private static readonly HashSet<string> Below = Set(
        "AI BR CO EG FK GB GG GI GS HU IE IM IO JE KE KY KZ LK PN RU SH TC UA VG ZA");

    // In their own script: from the largest to the smallest.
    private static readonly HashSet<string> Downwards = Set("CN HK JP KR MO TW");

    /// <summary>The lines, without the country.</summary>
    public static IEnumerable<string> Of(Party party)
    {
        var lines = IsDownwards(party) ? FromTheLargest(party) : Usual(party);
        return lines.Where(line => !string.IsNullOrWhiteSpace(line)).Select(line => line!.Trim());
    }

    /// <summary>The lines, with the country where it is another one than the sender's.</summary>
    public static IEnumerable<string> Of(Party party, string from, string language)
    {
        var lines = Of(party);
        return party.Country == from ? lines
            : lines.Append(CountryNames.Of(party.Country, language).ToUpperInvariant());
    }

    /// <summary>Postal code and city on one line.</summary>
    public static string Place(Party party) => (Behind.Contains(party.Country)
        || Below.Contains(party.Country) ? $"{party.City} {party.PostalCode}"
            : $"{party.PostalCode} {party.City}").Trim();

    private static IEnumerable<string?> Usual(Party party)
    {
        string?[] place = Below.Contains(party.Country)
            ? [party.City, party.PostalCode] : [Place(party)];
        string?[] street = [party.Street, party.Street2];
        // Hungary's post begins with the city.
        return party.Country == "HU"
            ? [party.Name, party.Contact, party.City, .. street, party.PostalCode]
            : [party.Name, party.Contact, .. street, .. place];
    }

    private static string?[] FromTheLargest(Party party) =>
        [party.Country == "JP" && !string.IsNullOrWhiteSpace(party.PostalCode)
            ? $"〒{party.PostalCode.TrimStart('〒')}" : party.PostalCode,
            party.City, party.Street, party.Street2, party.Name, party.Contact];

    private static bool IsDownwards(Party party) => Downwards.Contains(party.Country)
        && $"{party.City}{party.Street}".Any(c => c >= '\u2E80');

    private static HashSet<string> Set(string codes) =>
        codes.Split(' ').ToHashSet(StringComparer.Ordinal);
}
