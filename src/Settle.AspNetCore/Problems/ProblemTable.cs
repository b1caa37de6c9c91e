using System.Collections.Frozen;

namespace Settle.Server;

/// <summary>The one table from an error's code to its HTTP status.</summary>
internal static class ProblemTable
{
    public const int RefusedStatus = StatusCodes.Status422UnprocessableEntity;

    private static readonly (string Code, int Status, string Title)[] Table =
    [
        ("invalid_request", 400, "The request is malformed"),
        ("unauthorized", 401, "A valid key is needed"),
        ("forbidden", 403, "This is not allowed"),
        ("not_found", 404, "Not found"),
        ("method_not_allowed", 405, "The address does not know this method"),
        ("timeout", 408, "The request did not arrive in time"),
        ("id_reused", 409, "The id was decided before, with other content"),
        ("chains_differ", 409, "The blocks are of another ledger"),
        ("insufficient_here", 409, "The money is at another site, and has been asked for"),
        ("position_ahead", 409, "The position is ahead of the chain"),
        ("too_large", 413, "The request is too large"),
        ("unsupported_media_type", 415, "The body is of another type"),
        ("not_here", 421, "Another site decides it"),
        ("breaks_rule", RefusedStatus, "A rule of electronic invoices forbids it"),
        ("unprintable", RefusedStatus, "A letter has no font for a character"),
        ("too_many_requests", 429, "Too many requests"),
        ("headers_too_large", 431, "The headers are too large"),
        ("internal", 500, "The server made a mistake"),
        ("store_unavailable", 503, "The store cannot be reached"),
        ("outcome_unknown", 503, "Whether it was decided is unknown"),
        ("keys_unavailable", 503, "The server cannot read its keys"),
        ("busy", 503, "The server has too much to do"),
        ("clock_skew", 503, "The server's clock is wrong"),
        ("store_corrupt", 503, "The store is damaged"),
        ("forked", 503, "The site was copied, and both copies wrote"),
        ("set_back", 503, "The site was put back to an older state"),
    ];

    private static readonly FrozenDictionary<string, (int Status, string Title)> ByCode =
        Rows().ToFrozenDictionary(row => row.Code, row =>
            (row.Status, row.Title), StringComparer.Ordinal);

    /// <summary>Every code, with those of <see cref="Refusals"/>.</summary>
    public static IEnumerable<(string Code, int Status, string Title)> Rows() => Table.Concat(
        Refusals.All.Where(row => !Array.Exists(Table, own => own.Code == row.Text))
            .Select(row => (row.Text, RefusedStatus, "The ledger said no")));

    public static (int Status, string Title) Of(string code) => ByCode[code];

    /// <summary>
    /// The code of a bare status that came from below, such as 404 of an unknown address.
    /// </summary>
    public static string CodeOf(int status) =>
        Table.FirstOrDefault(row => row.Status == status && status != RefusedStatus).Code
            ?? (status < 500 ? "invalid_request" : "internal");
}
