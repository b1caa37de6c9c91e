namespace Settle.Simulation;

/// <summary>A revision of a document.</summary>
/// <param name="Name">CouchDB's name for it: its generation and a hash.</param>
/// <param name="Parent">The one it follows; null for none.</param>
/// <param name="Members">The body without what begins with an underscore.</param>
/// <param name="IsDeleted">Whether it is the end of the document.</param>
/// <param name="Writer">Who wrote it: a machine, or a client.</param>
internal sealed record DatabaseRevision(
    string Name, DatabaseRevision? Parent, string Members, bool IsDeleted, string Writer)
{
    // The same name is the same revision, whoever wrote it where.
    public bool Equals(DatabaseRevision? other) => other?.Name == Name;

    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    public int Generation { get; } = Parent is null ? 1 : Parent.Generation + 1;
}
