using System.Text.RegularExpressions;

namespace Settle.Stores.CouchDb;

/// <summary>Where a database is: <c>couchdb://user:password@host:5984/bank</c>.</summary>
internal sealed partial record CouchAddress
{
    private const string PlainScheme = "couchdb";
    private const string SecureScheme = "couchdbs";
    private const int PlainPort = 5984;
    private const int SecurePort = 6984;
    private const int NameCharsMax = 238;

    private CouchAddress(
        string location, string name, Uri database, string? user, string? password) =>
        (Location, Name, Database, User, Password) = (location, name, database, user, password);

    /// <summary>The address for people: without user and password.</summary>
    public string Location { get; }

    public string Name { get; }

    /// <summary>What stands before the name, as a server behind another one has it; else empty.
    /// </summary>
    public string Folder =>
        Database.AbsolutePath[..Database.AbsolutePath.LastIndexOf('/')];

    /// <summary>The database's own address, which ends without a slash.</summary>
    public Uri Database { get; }

    public string? User { get; }

    public string? Password { get; }

    /// <summary>Whether a location names a database at all.</summary>
    public static bool IsOne(string location) =>
        location.StartsWith(PlainScheme + "://", StringComparison.OrdinalIgnoreCase)
        || location.StartsWith(SecureScheme + "://", StringComparison.OrdinalIgnoreCase);

    /// <summary>Any ledger's location, for people.</summary>
    public static string WithoutPassword(string location) =>
        IsOne(location) ? Parse(location).Location : location;

    /// <exception cref="InvalidRequestException">
    /// It is malformed. The message does not quote it, because it may hold a password.
    /// </exception>
    public static CouchAddress Parse(string location)
    {
        if (!IsOne(location) || !Uri.TryCreate(location, UriKind.Absolute, out var uri)
            || uri.Host.Length == 0)
            throw Invalid("write it as couchdb://user:password@host:5984/bank, "
                + "and percent-encode special characters in the password (@ as %40)");
        var path = uri.AbsolutePath.TrimEnd('/');
        var escaped = path[(path.LastIndexOf('/') + 1)..];
        if (escaped.Length == 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0)
            throw Invalid("it must end with the database's name, "
                + "as in couchdb://host:5984/bank; percent-encode ? and # in a password");
        var name = Uri.UnescapeDataString(escaped);
        if (name.Length > NameCharsMax || !NamePattern.IsMatch(name))
            throw Invalid("a database's name in CouchDB begins with a small letter, and has small "
                + "letters, digits and _ $ ( ) + - /");
        var isSecure = uri.Scheme == SecureScheme;
        var port = uri.Port >= 0 ? uri.Port : isSecure ? SecurePort : PlainPort;
        var place = $"{uri.Host}:{port}{path[..^escaped.Length]}{Uri.EscapeDataString(name)}";
        var (user, password) = ReadUser(uri.UserInfo);
        return new CouchAddress($"{uri.Scheme}://{place}", name,
            new Uri($"{(isSecure ? "https" : "http")}://{place}", AsWritten), user, password);
    }

    /// <summary>The address of a document, or of a question with its parameters.</summary>
    public Uri Of(string rest) => new($"{Database.OriginalString}/{rest}", AsWritten);

    /// <summary>The address of something of the server, beside its databases.</summary>
    public Uri OfServer(string rest)
    {
        var database = Database.OriginalString;
        return new($"{database[..(database.LastIndexOf('/') + 1)]}{rest}", AsWritten);
    }

    // A password must not get into a message by accident.
    public override string ToString() => Location;

    private static UriCreationOptions AsWritten =>
        new() { DangerousDisablePathAndQueryCanonicalization = true };

    private static (string? User, string? Password) ReadUser(string text)
    {
        if (text.Length == 0) return (null, null);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0
            ? (Uri.UnescapeDataString(text), "")
            : (Uri.UnescapeDataString(text[..colon]), Uri.UnescapeDataString(text[(colon + 1)..]));
    }

    private static InvalidRequestException Invalid(string message) =>
        new("ledger", $"this is not the address of a CouchDB database: {message}");

    [GeneratedRegex(@"^[a-z][a-z0-9_$()+/-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern { get; }
}
