using Settle.Views;

namespace Settle.Settling;

/// <content>Dry runs: decided like any other request, and then forgotten.</content>
internal sealed partial class Drafter
{
    private const string FirstAsset = "USD";
    private const int FirstScale = 2;

    // Nothing is appended or applied, so that the block is as if it had not been asked.
    private Verdict Rehearse(Job job, ref Request request)
    {
        var (book, batch, before) = (state.Book, job.Batch, state.Book.Mentioned);
        if (book.Assets.Count == 0)
            book.Assets.Add(Encoding.UTF8.GetBytes(FirstAsset), FirstScale);
        book.Resolve(batch, ref request);
        var refusal = _decider.Decide(batch, ref request);
        var detail = refusal == RefusalCode.None ? null : Refused(batch, request);
        if (refusal == RefusalCode.None)
        {
            var changes = ChangesOf(batch, request);
            job.Changes = changes.ConvertAll(change => Shown(change.Position, change.Delta));
            detail = Strangers(changes.Select(change => book.Position(change.Position).Account));
        }
        book.Forget(before);
        return new Verdict(refusal, 0, false) { Detail = detail };
    }

    private static List<(int Position, Int128 Delta)> ChangesOf(
        RequestBatch batch, in Request request)
    {
        var changes = new List<(int Position, Int128 Delta)>();
        if (request.Kind == EntryKind.Transfer)
        {
            Change(request.FromPosition, -request.Amount);
            Change(request.ToPosition, request.Amount);
        }
        else
        {
            foreach (ref readonly var posting in batch.Postings(request))
            {
                Change(posting.FromPosition, -posting.Amount);
                Change(posting.ToPosition, posting.Amount);
            }
        }
        return changes;

        void Change(int position, Int128 delta)
        {
            var known = changes.FindIndex(change => change.Position == position);
            if (known < 0) changes.Add((position, delta));
            else changes[known] = (position, changes[known].Delta + delta);
        }
    }

    private BalanceChange Shown(int number, Int128 delta)
    {
        var (book, position) = (state.Book, state.Book.Position(number));
        var asset = book.Assets[position.Asset];
        var before = asset.Of(position.Balance);
        position.Balance += delta;
        return new BalanceChange
        {
            Account = book.AccountName(position.Account),
            Before = before,
            After = asset.Of(position.Balance),
            Available = asset.Of(position.Available),
            Spendable = new AccountPosition(position, book.Account(position.Account).IsClosed)
                .Spendable(asset),
        };
    }

    // The accounts that would exist since.
    private string[]? Strangers(IEnumerable<int> accounts)
    {
        var names = accounts.Distinct().Where(account => !state.Book.Exists(account)
            && !state.Book.IsWorld(account)).Select(state.Book.AccountName).ToArray();
        return names.Length == 0 ? null : names;
    }
}
