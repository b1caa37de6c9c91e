namespace Settle.Journals;

/// <summary>
/// Names of assets for beancount, which has capitals only. The capitals of a code are its name
/// unless beancount cannot use them as a currency or another asset has them already; then
/// a quote and a number follow. The journal says with each currency which asset it is.
/// </summary>
internal sealed class BeancountCurrencies
{
    // What beancount reads as another kind of word.
    private static readonly string[] Reserved = ["TRUE", "FALSE", "NULL"];

    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>The name of an asset.</summary>
    /// <param name="asset">The asset's code.</param>
    /// <param name="isNew">Whether it was asked for for the first time.</param>
    public string Of(string asset, out bool isNew)
    {
        isNew = !_names.TryGetValue(asset, out var name);
        if (!isNew) return name!;
        name = asset.ToUpperInvariant();
        if (name.Length < 2 || !char.IsAsciiLetterOrDigit(name[^1]) || Reserved.Contains(name)
            || _taken.Contains(name))
        {
            var number = 1;
            while (_taken.Contains(Numbered(name, number))) number++;
            name = Numbered(name, number);
        }
        _taken.Add(name);
        _names.Add(asset, name);
        return name;
    }

    private static string Numbered(string name, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{name}'{number}");
}
