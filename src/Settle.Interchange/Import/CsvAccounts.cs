using System.Text;
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
            throw new CsvFaultException(
                new CsvFault(File.Line, e.Field, e.Reason));
        }
    }

    private AccountRequest ToRequest()
    {
        var account = File.Trimmed(_account);
        Texts.CheckName("account", account, Limits.AccountBytesMax);
        var asset = File.Trimmed(_assetColumn) is { IsEmpty: false } code
            ? Encoding.UTF8.GetString(code) : _asset;
        var scale = _scales.Of(asset);
        var overdraft = File.Trimmed(_overdraft);
        var ceiling = File.Trimmed(_ceiling);
        return new AccountRequest
        {
            Account = Encoding.UTF8.GetString(account),
            Asset = asset,
            Overdraft = overdraft.IsEmpty ? null
                : Overdraft.Parse(Encoding.UTF8.GetString(overdraft))(scale),
            Ceiling = ceiling.IsEmpty ? null
                : Ceiling.Parse(Encoding.UTF8.GetString(ceiling))(scale),
            Meta = _meta.Read(File),
        };
    }
}
