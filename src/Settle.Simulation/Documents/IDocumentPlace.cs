namespace Settle.Simulation;

/// <summary>A place whose database clients write documents into.</summary>
internal interface IDocumentPlace : IPlace
{
    /// <summary>What each copy of the database has of them.</summary>
    IReadOnlyList<Database> Copies { get; }

    /// <summary>The same place for somebody to whom nothing else happens on the way.</summary>
    IPlace With(FaultRates faults);
}
