namespace Settle.Http;

/// <summary>Where a ledger is on a server: <c>http://host:7171/bank</c>.</summary>
internal sealed record LedgerAddress(Uri Server, string Name, string? ApiKey)
{
    private static readonly UriCreationOptions AsWritten =
        new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <exception cref="InvalidRequestException">It is not a ledger's address.</exception>
    public static LedgerAddress Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri)
            || uri.Scheme is not ("http" or "https"))
            throw Invalid("write it as http://host:7171/bank");
        var path = uri.AbsolutePath.TrimEnd('/');
        var name = path[(path.LastIndexOf('/') + 1)..];
        if (name.Length == 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0)
            throw Invalid("it must end with the ledger's name, as in http://host:7171/bank");
        var server = new Uri($"{uri.Scheme}://{uri.Authority}{path[..^name.Length]}");
        var key = uri.UserInfo.Length == 0 ? null
            : Uri.UnescapeDataString(uri.UserInfo.TrimStart(':'));
        return new LedgerAddress(server, Uri.UnescapeDataString(name), key);
    }

    /// <summary>An address for people, without its key.</summary>
    public static string Shown(string text)
    {
        var address = Parse(text);
        return $"{address.Server}{address.Name}";
    }

    /// <summary>
    /// The address of something in the ledger; its names are percent-encoded already.
    /// </summary>
    public Uri Of(string rest) =>
        new($"{Server}v1/ledgers/{Uri.EscapeDataString(Name)}{rest}", AsWritten);

    private static InvalidRequestException Invalid(string message) =>
        new("ledger", $"this is not the address of a ledger: {message}");
}
