namespace Settle;

/// <summary>
/// The request is malformed, and was refused before it reached the ledger. Nothing changed, and no
/// id is used up.
/// </summary>
public sealed class InvalidRequestException : SettleException
{
    /// <summary>Makes the error for a field, with what it must be.</summary>
    public InvalidRequestException(string field, string message)
        : base("invalid_request", $"{field}: {message}") => Field = field;

    /// <summary>
    /// The path of the field, such as <c>amount</c> or <c>postings[1].from</c>.
    /// </summary>
    public string Field { get; }

    /// <summary>What is wrong with the field, without its name.</summary>
    internal string Reason => Message[(Field.Length + 2)..];

    /// <summary>The same error about a part of a larger request, such as <c>[17]</c>.</summary>
    public InvalidRequestException Within(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new InvalidRequestException($"{path}.{Field}", Reason);
    }
}
