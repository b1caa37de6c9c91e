namespace Settle.Tests.Rules;

/// <summary>What became of a request.</summary>
/// <param name="Refusal">Why not.</param>
/// <param name="Replayed">Whether its id had been decided before.</param>
/// <param name="Field">The field that differs, when the id was reused.</param>
internal readonly record struct Decided(RefusalCode Refusal, bool Replayed = false, string? Field = null);
