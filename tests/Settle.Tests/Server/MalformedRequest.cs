namespace Settle.Tests.Server;

/// <summary>One row of the table of malformed requests.</summary>
/// <param name="Method">GET, POST, PUT, ...</param>
/// <param name="Target">The address after <c>/v1/ledgers/bank</c>, or a whole one after <c>!</c>.</param>
/// <param name="Body">Each char is a byte (Latin-1), so that bodies need not be UTF-8.</param>
/// <param name="Status">The status it must be answered with.</param>
/// <param name="Code">The code of the problem.</param>
/// <param name="Field">The field that the problem must name.</param>
/// <param name="MediaType">What the body is called.</param>
public sealed record MalformedRequest(string Method, string Target, string? Body, int Status, string Code,
    string? Field, string? MediaType = "application/json")
{
    public string Address => Target.StartsWith('!') ? Target[1..] : "/v1/ledgers/bank" + Target;
}
