namespace Settle.Http;

/// <summary>Writes what follows the <c>?</c> of an address.</summary>
internal sealed class QueryWriter
{
    private readonly StringBuilder _text = new();

    public QueryWriter Add(string name, string? value)
    {
        if (value is null) return this;
        _text.Append(_text.Length == 0 ? '?' : '&').Append(name).Append('=')
            .Append(Uri.EscapeDataString(WireTexts.Check(name, value)));
        return this;
    }

    public QueryWriter Add(string name, int value) =>
        Add(name, value.ToString(CultureInfo.InvariantCulture));

    public QueryWriter Add(string name, DateOnly? day) => Add(
        name, day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    public QueryWriter Add(AsOf at) => Add("at", at switch
    {
        { Height: { } height } => height.ToString(CultureInfo.InvariantCulture),
        { Time: { } time } => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'",
            CultureInfo.InvariantCulture),
        _ => null,
    }).Add("on", at.ValueDate);

    public override string ToString() => _text.ToString();
}
