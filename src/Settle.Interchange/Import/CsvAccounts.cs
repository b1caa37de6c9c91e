using Settle.Journals;

namespace Settle.Import;

/// <summary>A CSV file of accounts: <c>account,overdraft[,ceiling][,asset]</c>.</summary>
internal sealed class CsvAccounts
{
    private const string Expected = "account,overdraft[,ceiling][,asset]";

    private readonly AssetScales _scales;
    private readonly string? _asset;
    private readonly int _account;
    private readonly int _overdraft;
    private readonly int _ceiling;
    private readonly int _assetColumn;
    private readonly CsvMeta _meta;

    /// <inheritdoc cref="CsvTransfers(CsvFile, AssetScales, string?)"/>
    public CsvAccounts(CsvFile file, AssetScales scales, string? asset)
    {
        File = file;
        _scales = scales;
        _asset = asset;
        file.ReadHeader();
        _account = file.Require("account", Expected);
        _overdraft = file.Find("overdraft");
        _ceiling = file.Find("ceiling");
        _assetColumn = file.Find("asset");
        _meta = new CsvMeta(file, "account", "overdraft", "ceiling", "asset");
    }

    public CsvFile File { get; }

    /// <summary>The next row; null at the end of the file.</summary>
    /// <exception cref="CsvFaultException">The row is wrong.</exception>
    public AccountRequest? Read()
    {
        if (!File.Read()) return null;
        try
        {
            return ToRequest();
        }
        catch (InvalidRequestException e)
        {
            throw new CsvFaultException(new CsvFault(File.Line, e.Field, e.Reason));
        }
    }

    private AccountRequest ToRequest()
    {
        var account = File.Trimmed(_account);
        Texts.CheckName("account", account, Limits.AccountBytesMax);
        var asset = Text(_assetColumn) ?? _asset;
        var scale = _scales.Of(asset);
        Overdraft? overdraft = Text(_overdraft) is { } floor ? Overdraft.Parse(floor) : null;
        Ceiling? ceiling = Text(_ceiling) is { } top ? Ceiling.Parse(top) : null;
        // What the ledger would not take is said with its line, before anything is sent.
        overdraft?.Limit.ToMinor("overdraft", scale, allowZero: true);
        ceiling?.Limit.ToMinor("ceiling", scale, allowZero: true);
        return new AccountRequest
        {
            Account = Encoding.UTF8.GetString(account),
            Asset = asset,
            Overdraft = overdraft,
            Ceiling = ceiling,
            Meta = _meta.Read(File),
        };
    }

    private string? Text(int column) => File.Trimmed(column) is { IsEmpty: false } text
        ? Encoding.UTF8.GetString(text) : null;
}
