namespace Settle.Paper.Letters;

/// <summary>Names of countries as they end an address abroad.</summary>
internal static class CountryNames
{
    // A line has the code, and the names in these languages.
    private static readonly string[] Languages = ["en", "de", "fr"];
    private static readonly Dictionary<string, string[]> Names = Load();

    /// <summary>The name of a country; its code where the list has none.</summary>
    public static string Of(string code, string language) => Names.TryGetValue(code, out var names)
        ? names[int.Max(0, Array.IndexOf(Languages, language))] : code;

    private static Dictionary<string, string[]> Load()
    {
        using var stream = typeof(CountryNames).Assembly
            .GetManifestResourceStream("Settle.Paper.Letters.Countries.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.TrimEnd('\r').Split(';'))
            .ToDictionary(names => names[0], names => names[1..], StringComparer.Ordinal);
    }
}
