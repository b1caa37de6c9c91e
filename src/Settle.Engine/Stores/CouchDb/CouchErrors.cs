using System.Net;

namespace Settle.Stores.CouchDb;

/// <summary>What an unsuccessful answer means to the store's caller.</summary>
internal static class CouchErrors
{
    /// <summary>An answer after which nothing was written, or to a question.</summary>
    public static StoreUnavailableException Unavailable(CouchAddress address, CouchAnswer answer) =>
        new($"{address.Location} {Meaning(address, answer)}");

    /// <summary>A refusal to write a document.</summary>
    public static Exception Refused(
        CouchAddress address, CouchAnswer answer, string id, ReadOnlyMemory<byte> body) =>
        answer.Status == HttpStatusCode.RequestEntityTooLarge
            ? new DocumentTooLargeException(id, body.Length,
                $"{address.Location} {Meaning(address, answer)}")
            : Unavailable(address, answer);

    /// <summary>An answer that says neither yes nor no.</summary>
    public static WriteOutcomeUnknownException Unknown(string id, CouchAnswer answer) =>
        new(id, new HttpRequestException(string.Create(CultureInfo.InvariantCulture,
            $"answered {(int)answer.Status}: {answer.Reason}"), null, answer.Status));

    /// <summary>The same while opening: a user without rights gets a separate error.</summary>
    public static SettleException WhenOpening(CouchAddress address, CouchAnswer answer) =>
        answer.Status switch
        {
            HttpStatusCode.Unauthorized => new UnauthorizedException(
                "unauthorized", $"{address.Location} {Meaning(address, answer)}"),
            HttpStatusCode.Forbidden => new UnauthorizedException(
                "forbidden", $"{address.Location} {Meaning(address, answer)}"),
            _ => Unavailable(address, answer),
        };

    public static StoreUnavailableException NotReached(CouchAddress address, Exception cause) =>
        new(cause is OperationCanceledException ? $"{address.Location} does not answer"
            : $"{address.Location} cannot be reached: {Innermost(cause).Message}", cause);

    public static StoreUnavailableException NoDatabase(CouchAddress address) =>
        new($"there is no database {address.Location}; make it with 'settle init'");

    /// <summary>What stands before the database's name is not a server.</summary>
    public static StoreUnavailableException NoServer(CouchAddress address) =>
        new($"{address.Location}: there is no CouchDB server at {address.Folder}/; if that is a "
            + "part of the database's name, write its slash as %2F: "
            + $"{address.Folder[1..].Replace("/", "%2F", StringComparison.Ordinal)}%2F"
            + Uri.EscapeDataString(address.Name));

    /// <summary>All blocks would be in one partition.</summary>
    public static StoreUnavailableException Partitioned(CouchAddress address) =>
        new($"{address.Location} is a partitioned database: all blocks of a ledger would be in one "
            + "partition, and CouchDB has no views and rules over all of them; make the database "
            + "without partitioned=true. What is in this one can be copied: settle mirror");

    /// <summary>Only an administrator may read the copies of a cluster one by one.</summary>
    public static UnauthorizedException NoAdministrator(CouchAddress address, int copies) =>
        new("forbidden", $"{address.Location} is kept in {copies} copies: there the user must be "
            + "a server administrator, because only those may read each copy by itself");

    public static StoreUnavailableException ReadOnly(CouchAddress address) =>
        new($"{address.Location} was opened for reading only");

    // What went wrong with TLS, only the cause within says.
    private static Exception Innermost(Exception cause) => cause is HttpRequestException
        { HttpRequestError: HttpRequestError.SecureConnectionError, InnerException: { } inner }
        ? inner : cause;

    private static string Meaning(CouchAddress address, CouchAnswer answer) => answer.Status switch
    {
        HttpStatusCode.Unauthorized when address.User is null =>
            "asks for a user and a password: write couchdb://user:password@...",
        HttpStatusCode.Unauthorized =>
            $"does not accept the password of the user '{address.User}'",
        HttpStatusCode.Forbidden => $"does not allow this to "
            + $"{(address.User is null ? "users without a name" : $"the user '{address.User}'")}: "
            + answer.Reason,
        HttpStatusCode.RequestEntityTooLarge => "takes no document as large as that: "
            + "raise its max_document_size",
        HttpStatusCode.NotFound => "is gone: the database was deleted, or its name is wrong",
        _ => string.Create(CultureInfo.InvariantCulture,
            $"answers {(int)answer.Status}: {answer.Reason}"),
    };
}
