namespace Settle.Server;

/// <summary>The answers that several resources give.</summary>
internal static class Answers
{
    private const string Rejected = "rejected";

    public static IResult Json<T>(T value,
        System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type,
        int status = StatusCodes.Status200OK) => TypedResults.Json(value, type, statusCode: status);

    /// <summary>201 for what was decided now, 200 for what had been before.</summary>
    public static int Status(bool replayed) =>
        replayed ? StatusCodes.Status200OK : StatusCodes.Status201Created;

    /// <summary>A page of a list.</summary>
    public static Page<T> List<T>(IEnumerable<T> items) => new([.. items], null);

    /// <summary>The problem of a rejected transfer, with the transfer as it is recorded.</summary>
    public static async Task<IResult> RejectedAsync(ILedger ledger, TransferRequest request,
        RejectedException error, CancellationToken cancellation)
    {
        var problem = ProblemMaker.From(error)!;
        if (error.Block == 0) return new ProblemResult(problem);
        return new ProblemResult(problem with
        {
            Transfer = new Transfer
            {
                Id = error.Id,
                From = request.From,
                To = request.To,
                Amount = request.Amount,
                Asset = request.Asset
                    ?? (await ledger.GetInfoAsync(cancellation).ConfigureAwait(false)).Asset,
                Status = Rejected,
                Reason = error.Code,
                Timestamp = request.Timestamp,
                Memo = request.Memo,
                Meta = request.Meta,
                Block = error.Block,
                Replayed = error.Replayed,
            },
        });
    }

    /// <summary>The problem of a rejected hold, with the hold as it is recorded.</summary>
    public static async Task<IResult> RejectedAsync(ILedger ledger, HoldRequest request,
        RejectedException error, CancellationToken cancellation)
    {
        var problem = ProblemMaker.From(error)!;
        if (error.Block == 0) return new ProblemResult(problem);
        return new ProblemResult(problem with
        {
            Hold = new Hold
            {
                Id = error.Id,
                From = request.From,
                To = request.To,
                Amount = request.Amount,
                Asset = request.Asset
                    ?? (await ledger.GetInfoAsync(cancellation).ConfigureAwait(false)).Asset,
                Status = Rejected,
                Reason = error.Code,
                Timestamp = request.Timestamp,
                Memo = request.Memo,
                Meta = request.Meta,
                Block = error.Block,
                Replayed = error.Replayed,
            },
        });
    }
}
