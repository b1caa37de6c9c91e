using System.Globalization;
using System.Net;

namespace Settle.Stores.CouchDb;

/// <summary>What an answer that is no success means to whoever called the store.</summary>
internal static class CouchErrors
{
    /// <summary>An answer after which nothing was written, or to a question.</summary>
    public static StoreUnavailableException Unavailable(CouchAddress address, CouchAnswer answer) =>
        new($"{address.Location} {Meaning(address, answer)}");

    /// <summary>The same while a ledger is opened: who asks is told that they may not.</summary>
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
        new($"{address.Location} cannot be reached: {Innermost(cause).Message}", cause);

    public static StoreUnavailableException NoDatabase(CouchAddress address) =>
        new($"there is no database {address.Location}; make it with 'settle init'");

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
        HttpStatusCode.RequestEntityTooLarge => "takes no document as large as a block: "
            + "set max_document_size to 8000000 or more",
        HttpStatusCode.NotFound => "is gone: the database was deleted, or its name is wrong",
        _ => string.Create(CultureInfo.InvariantCulture,
            $"answers {(int)answer.Status}: {answer.Reason}"),
    };
}
