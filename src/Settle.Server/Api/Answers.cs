namespace Settle.Server;

/// <summary>The answers that several resources give.</summary>
internal static class Answers
{
    public static IResult Json<T>(T value,
        System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type,
        int status = StatusCodes.Status200OK) => TypedResults.Json(value, type, statusCode: status);

    /// <summary>201 for what was decided now, 200 for what had been before.</summary>
    public static int Status(bool replayed) =>
        replayed ? StatusCodes.Status200OK : StatusCodes.Status201Created;

    /// <summary>A page of a list.</summary>
    public static Page<T> List<T>(IEnumerable<T> items) => new([.. items], null);

    /// <summary>The problem of a rejected transfer, with the transfer as it is recorded.</summary>
    public static async Task<IResult> RejectedTransferAsync(ILedger ledger,
        RejectedException error, CancellationToken cancellation)
    {
        var problem = ProblemMaker.From(error)!;
        if (error.Block == 0) return new ProblemResult(problem);
        var recorded = await ledger.GetTransferAsync(error.Id, cancellation).ConfigureAwait(false);
        if (recorded is not null) recorded = recorded with { Replayed = error.Replayed };
        return new ProblemResult(problem with { Transfer = recorded });
    }

    /// <summary>The problem of a rejected hold, with the hold as it is recorded.</summary>
    public static async Task<IResult> RejectedHoldAsync(ILedger ledger,
        RejectedException error, CancellationToken cancellation)
    {
        var problem = ProblemMaker.From(error)!;
        if (error.Block == 0) return new ProblemResult(problem);
        var recorded = await ledger.GetHoldAsync(error.Id, cancellation).ConfigureAwait(false);
        if (recorded is not null) recorded = recorded with { Replayed = error.Replayed };
        return new ProblemResult(problem with { Hold = recorded });
    }
}
