using Settle.Journals;

namespace Settle.Import;

/// <summary>
/// A CSV file of accounts: <c>account,overdraft[,ceiling][,asset]</c>, and what an export adds.
/// </summary>
internal sealed class CsvAccounts
{
    public static readonly CsvColumns Columns = new("a file of accounts", ["account"],
        ["overdraft", "ceiling", "asset", "closed", "owners", "lowest", CsvMeta.Name]);

    private readonly CsvReading _reading;
    private readonly int _account;
    private readonly int _overdraft;
    private readonly int _ceiling;
    private readonly int _asset;
    private readonly int _closed;
    private readonly int _owners;
    private readonly int _lowest;
    private readonly CsvMeta _meta;

    /// <inheritdoc cref="CsvTransfers(CsvFile, CsvReading)"/>
    public CsvAccounts(CsvFile file, CsvReading reading)
    {
        File = file;
        _reading = reading;
        file.ReadHeader();
        _meta = new CsvMeta(file, Columns, reading.MetaColumns);
        Columns.Require(file);
        _account = file.Find("account");
        _overdraft = file.Find("overdraft");
        _ceiling = file.Find("ceiling");
        _asset = file.Find("asset");
        _closed = file.Find("closed");
        _owners = file.Find("owners");
        _lowest = file.Find("lowest");
    }

    public CsvFile File { get; }

    /// <summary>The next row; null at the end of the file.</summary>
    /// <exception cref="CsvFaultException">The row is wrong.</exception>
    public CsvAccountRow? Read()
    {
        if (!File.Read()) return null;
        try
        {
            return ToRow();
        }
        catch (InvalidRequestException e)
        {
            throw new CsvFaultException(new CsvFault(File.Line, e.Field, e.Reason));
        }
    }

    private CsvAccountRow ToRow()
    {
        var account = File.Trimmed(_account);
        Texts.CheckAccount("account", account, _reading.KnowsAccount);
        var asset = Text(_asset) ?? _reading.Asset;
        var scale = _reading.Scales.Of(asset);
        Overdraft? overdraft = Text(_overdraft) is { } floor ? Overdraft.Parse(floor) : null;
        Ceiling? ceiling = Text(_ceiling) is { } top ? Ceiling.Parse(top) : null;
        return new CsvAccountRow(
            new AccountRequest
            {
                Account = Encoding.UTF8.GetString(account),
                Asset = asset,
                Overdraft = overdraft,
                Ceiling = ceiling,
                Closed = Closed(),
                Owners = Text(_owners) is { } owners ? Owners(owners) : null,
                Meta = _meta.Read(File),
            },
            // What the ledger would not take is said with its line, before anything is sent.
            overdraft is { IsUnlimited: false }
                ? overdraft.Value.Limit.ToMinor("overdraft", scale, allowZero: true) : null,
            ceiling is { IsNone: false }
                ? ceiling.Value.Limit.ToMinor("ceiling", scale, allowZero: true) : null,
            Text(_lowest) is { } lowest ? Lowest(lowest, scale) : null);
    }

    private bool? Closed() => Text(_closed) switch
    {
        null => null,
        "true" => true,
        "false" => false,
        var text => throw Parse.Fault("closed", text, "is neither true nor false"),
    };

    // An export writes a JSON array; people may leave the brackets out where one name stands.
    private static string[] Owners(string text)
    {
        if (text[0] != '[') return [text];
        try
        {
            return JsonSerializer.Deserialize(text, CsvJson.Default.StringArray) is { } owners
                && owners.All(owner => owner is not null) ? owners : throw NotOwners(text);
        }
        catch (JsonException)
        {
            throw NotOwners(text);
        }
    }

    private static InvalidRequestException NotOwners(string text) => Parse.Fault("owners", text,
        "is neither a name nor a JSON array of names, such as [\"ann\",\"bob\"]");

    private static long Lowest(string text, int scale)
    {
        var isNegative = text.StartsWith('-');
        var minor = Amounts.Parse(
            "lowest", isNegative ? text[1..] : text, scale, allowZero: true);
        return isNegative || minor == 0 ? -minor
            : throw Parse.Fault("lowest", text, "must be zero or less");
    }

    private string? Text(int column) => File.Trimmed(column) is { IsEmpty: false } text
        ? Encoding.UTF8.GetString(text) : null;
}
