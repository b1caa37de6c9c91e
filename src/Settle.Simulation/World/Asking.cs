using Settle.Local;

namespace Settle.Simulation;

/// <summary>Asks a ledger in its own words and turns what it says into replies.</summary>
internal static class Asking
{
    public static async Task<Reply[]> AskAsync(LocalLedger ledger, IReadOnlyList<Wish> wishes)
    {
        try
        {
            if (wishes[0].Bill is not null)
                return await BillingAsking.AskAsync(ledger, wishes).ConfigureAwait(false);
            if (wishes.Count > 1 || wishes[0].Kind == WishKind.Transfer)
            {
                var requests = wishes.Select(Transfer).ToArray();
                var verdicts = await ledger.TransferBatchAsync(requests).ConfigureAwait(false);
                return [.. verdicts.Select(verdict => new Reply(ReplyKind.Verdict,
                    verdict.Refusal.Text(), verdict.Block, verdict.Replayed))];
            }
            return [await AskAsync(ledger, wishes[0]).ConfigureAwait(false)];
        }
        catch (RejectedException e)
        {
            return [new Reply(ReplyKind.Verdict, e.Code, e.Block, e.Replayed)];
        }
        catch (Exception e) when (e is StoreUnavailableException or ClockSkewException)
        {
            return Repeat(new Reply(ReplyKind.Undecided, e.Message), wishes.Count);
        }
        catch (OutcomeUnknownException e)
        {
            return Repeat(new Reply(ReplyKind.Unknown, e.Message), wishes.Count);
        }
        catch (ObjectDisposedException)
        {
            return Repeat(new Reply(ReplyKind.Closed), wishes.Count);
        }
    }

    private static async Task<Reply> AskAsync(LocalLedger ledger, Wish wish)
    {
        switch (wish.Kind)
        {
            case WishKind.Transaction:
                var transaction = await ledger.TransactAsync(new TransactionRequest
                {
                    Id = wish.Id, Postings = [.. wish.Postings.Select(Posting)],
                }).ConfigureAwait(false);
                return Done(transaction.Block, transaction.Replayed);
            case WishKind.Hold:
                var hold = await ledger.HoldAsync(new HoldRequest
                {
                    Id = wish.Id, From = wish.From, To = wish.To,
                    Amount = Money.InLedgersScale(wish.Amount, wish.Asset),
                    ExpiresIn = wish.ExpiresIn == 0 ? null : TimeSpan.FromSeconds(wish.ExpiresIn),
                }).ConfigureAwait(false);
                return Done(hold.Block, hold.Replayed);
            case WishKind.Capture:
                var captured = await ledger.CaptureAsync(new CaptureRequest
                {
                    Id = wish.Id, Hold = wish.Reference,
                    Amount = wish.Amount == 0 ? null : Money.InLedgersScale(wish.Amount, null),
                }).ConfigureAwait(false);
                return Done(captured.Block, captured.Replayed);
            case WishKind.Void:
                var freed = await ledger.VoidAsync(new VoidRequest
                {
                    Id = wish.Id, Hold = wish.Reference,
                }).ConfigureAwait(false);
                return Done(0, freed.Replayed);
            case WishKind.Revert:
                var reverted = await ledger.RevertAsync(new RevertRequest
                {
                    Id = wish.Id, Reverts = wish.Reference,
                    Amount = wish.Amount == 0 ? null : Money.InLedgersScale(wish.Amount, null),
                }).ConfigureAwait(false);
                return Done(reverted.Block, reverted.Replayed);
            case WishKind.Strict:
                await ledger.InitializeAsync(new LedgerRequest
                {
                    Asset = "USD", Strict = wish.IsStrict,
                }).ConfigureAwait(false);
                return new Reply(ReplyKind.Terms);
            default:
                await ledger.PutAccountAsync(new AccountRequest
                {
                    Id = wish.Id, Account = wish.From, Asset = wish.Asset,
                    Overdraft = wish.Overdraft is { } overdraft
                        ? Overdraft.Of(Money.InLedgersScale(overdraft, wish.Asset)) : null,
                    Ceiling = wish.Ceiling is { } ceiling
                        ? Ceiling.Of(Money.InLedgersScale(ceiling, wish.Asset)) : null,
                    Closed = wish.Closed,
                    Owners = wish.Owners,
                }).ConfigureAwait(false);
                return Done(0, false);
        }
    }

    // A void or a change of terms does not say where it was decided: the block is 0.
    private static Reply Done(long block, bool replayed) =>
        new(ReplyKind.Verdict, "", block, replayed);

    private static Reply[] Repeat(Reply reply, int count) =>
        [.. Enumerable.Repeat(reply, count)];

    private static TransferRequest Transfer(Wish wish) => new()
    {
        Id = wish.Id, From = wish.From, To = wish.To,
        Amount = Money.InLedgersScale(wish.Amount, wish.Asset),
    };

    private static Posting Posting(WishPosting posting) => new()
    {
        From = posting.From, To = posting.To,
        Amount = Money.InLedgersScale(posting.Amount, posting.Asset),
    };
}
