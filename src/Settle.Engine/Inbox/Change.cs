namespace Settle.Inbox;

/// <summary>A document that the database's changes mention.</summary>
/// <param name="Id">The document.</param>
/// <param name="Revision">The one that everybody is shown.</param>
/// <param name="HasOthers">Whether there are other revisions that nothing follows.</param>
/// <param name="IsDeleted">Whether it is gone.</param>
/// <param name="Age">
/// The lengths of the histories of all that nothing follows, together. Whatever is written to the
/// document makes it greater, so that of two copies the one with less lacks something.
/// </param>
internal readonly record struct Change(
    string Id, string Revision, bool HasOthers, bool IsDeleted, int Age)
{
    /// <summary>How many revisions it took to get to this one.</summary>
    public static int GenerationOf(string revision) => int.Parse(
        revision.AsSpan(0, revision.IndexOf('-', StringComparison.Ordinal)),
        CultureInfo.InvariantCulture);
}
