using System.Runtime.CompilerServices;
using Settle.Chain;

namespace Settle;

/// <content>What decided entries do to the state.</content>
internal sealed partial class Book
{
    /// <summary>
    /// Applies a recorded entry whose positions are resolved. A rejected one changes nothing, it is
    /// only counted and noted at the accounts that it mentions.
    /// </summary>
    public void Apply(RequestBatch batch, in Request entry, EntryLocation location)
    {
        EntryCount++;
        if (entry.Refusal != RefusalCode.None)
        {
            NoteMentions(batch, entry, location);
            return;
        }
        switch (entry.Kind)
        {
            case EntryKind.Transfer:
                Move(entry.FromPosition, entry.ToPosition, entry.Amount);
                Note(entry.FromPosition, location, MovementKinds.Booked);
                Note(entry.ToPosition, location, MovementKinds.Booked);
                break;
            case EntryKind.Transaction:
            case EntryKind.Revert:
                ApplyPostings(batch, entry, location);
                break;
            case EntryKind.Hold:
                ApplyHold(batch, entry, location);
                break;
            case EntryKind.Capture:
            case EntryKind.Void:
                ApplyResolution(batch, entry, location);
                break;
            case >= EntryKind.Seller:
                ApplyBilling(batch, entry, location);
                break;
            case EntryKind.Account:
                ApplyTerms(batch, entry, location);
                break;
            case EntryKind.Ledger:
            case EntryKind.Asset:
                if (FindAsset(batch.Bytes(entry.Asset)) < 0)
                    Assets.Add(batch.Bytes(entry.Asset), entry.Scale);
                break;
            default:
                throw new BrokenInvariantException($"no entry is a {entry.Kind}");
        }
    }

    /// <summary>Moves money without asking. The caller has asked, or takes it back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Move(int from, int to, long amount)
    {
        Touch(from).Balance -= amount;
        Touch(to).Balance += amount;
    }

    private void ApplyPostings(RequestBatch batch, in Request entry, EntryLocation location)
    {
        if (entry.ExtraCount == 0)
        {
            Move(entry.FromPosition, entry.ToPosition, entry.Amount);
            Note(entry.FromPosition, location, MovementKinds.Booked);
            Note(entry.ToPosition, location, MovementKinds.Booked);
            return;
        }
        var postings = batch.Postings(entry);
        foreach (ref var posting in postings)
            Move(posting.FromPosition, posting.ToPosition, posting.Amount);
        NoteEachOnce(postings, location);
    }

    private void ApplyBilling(RequestBatch batch, in Request entry, EntryLocation location)
    {
        Billing.Apply(batch, entry, location);
        if (entry.ExtraCount == 0) return;
        var postings = batch.Postings(entry);
        // What is owed, and what a credit note takes back, may fall below zero (B9).
        if (entry.Kind != EntryKind.Payment || batch.Billing(entry).IsWriteOff)
        {
            foreach (ref var posting in postings)
            {
                ref readonly var position = ref Touch(posting.FromPosition);
                SetLimits(
                    posting.FromPosition, Settle.Position.NoFloor, position.Ceiling, location);
            }
        }
        foreach (ref var posting in postings)
            Move(posting.FromPosition, posting.ToPosition, posting.Amount);
        NoteEachOnce(postings, location);
    }

    private void ApplyHold(RequestBatch batch, in Request entry, EntryLocation location)
    {
        var hold = new OpenHold(batch.Text(entry.Id), entry.FromPosition,
            _positions[entry.ToPosition].Account, entry.Amount,
            entry.ExpiresAt == 0 ? long.MaxValue : entry.ExpiresAt, ++_holdSequence);
        Remember(hold);
        _undo?.HoldsOpened.Add(hold);
        Touch(entry.FromPosition).Held += entry.Amount;
        Note(entry.FromPosition, location, MovementKinds.Touched);
    }

    private void ApplyResolution(RequestBatch batch, in Request entry, EntryLocation location)
    {
        var hold = FindHold(batch.Bytes(entry.Reference))
            ?? throw new BrokenInvariantException($"{batch.Text(entry.Id)} resolves no open hold");
        Close(hold);
        Touch(hold.From).Held -= hold.Amount;
        if (entry.Kind == EntryKind.Void)
        {
            Note(hold.From, location, MovementKinds.Touched);
            return;
        }
        Move(entry.FromPosition, entry.ToPosition, entry.Amount);
        Note(entry.FromPosition, location, MovementKinds.Booked);
        Note(entry.ToPosition, location, MovementKinds.Booked);
    }

    private void ApplyTerms(RequestBatch batch, in Request entry, EntryLocation location)
    {
        ref readonly var terms = ref batch.Terms(entry);
        var number = _names.Find(batch.Bytes(entry.From));
        var before = _accounts[number];
        _undo?.Accounts.Add((number, before));
        ref var account = ref _accounts[number];
        account.IsOpened = true;
        if (terms.Closed is { } closed) account.IsClosed = closed;
        if (!terms.Owners.IsEmpty || !entry.Meta.IsEmpty)
        {
            var old = Notes(number);
            _notes.Add(new AccountNotes(
                terms.Owners.IsEmpty ? old?.Owners ?? [] : batch.Bytes(terms.Owners).ToArray(),
                entry.Meta.IsEmpty ? old?.Meta ?? [] : batch.Bytes(entry.Meta).ToArray()));
            account.Notes = _notes.Count - 1;
        }
        if ((account.IsOpened, account.IsClosed, account.Notes)
            != (before.IsOpened, before.IsClosed, before.Notes))
        {
            Movements.Add(new Movement(number, 0, MovementKinds.State, location, account.Notes,
                account.IsClosed ? 1 : 0));
        }
        ref readonly var position = ref Touch(entry.FromPosition);
        SetLimits(entry.FromPosition,
            terms.Overdraft switch
            {
                AccountTerms.Unset => position.Floor,
                AccountTerms.Unlimited => Settle.Position.NoFloor,
                _ => -terms.Overdraft,
            },
            terms.Ceiling switch
            {
                AccountTerms.Unset => position.Ceiling,
                AccountTerms.Unlimited => Settle.Position.NoCeiling,
                _ => terms.Ceiling,
            }, location);
        Note(entry.FromPosition, location, MovementKinds.Touched);
    }

    // The caller has touched the position.
    private void SetLimits(int number, long floor, long ceiling, EntryLocation location)
    {
        ref var position = ref _positions[number];
        if ((position.Floor, position.Ceiling) == (floor, ceiling)) return;
        (position.Floor, position.Ceiling) = (floor, ceiling);
        Movements.Add(new Movement(
            position.Account, position.Asset, MovementKinds.Terms, location, floor, ceiling));
    }

    // Readers find a rejected transfer at both accounts, although it moved nothing.
    private void NoteMentions(RequestBatch batch, in Request entry, EntryLocation location)
    {
        if (entry.ExtraCount > 0
            && (entry.Kind.IsBilling() || entry.Kind is EntryKind.Transaction or EntryKind.Revert))
        {
            foreach (ref var posting in batch.Postings(entry))
            {
                NoteMention(batch.Bytes(posting.From), posting.FromPosition, location);
                NoteMention(batch.Bytes(posting.To), posting.ToPosition, location);
            }
        }
        else if (!entry.From.IsEmpty && entry.Kind != EntryKind.Account)
        {
            NoteMention(batch.Bytes(entry.From), entry.FromPosition, location);
            NoteMention(batch.Bytes(entry.To), entry.ToPosition, location);
        }
    }

    private void NoteMention(ReadOnlySpan<byte> name, int position, EntryLocation location)
    {
        if (position >= 0)
        {
            Note(position, location, _positions[position].IsUsed
                ? MovementKinds.Mentioned : MovementKinds.None);
            return;
        }
        Movements.Add(Movement.Of(
            _names.Find(name), AssetTable.NoAsset, MovementKinds.None, location, 0));
    }

    private void NoteEachOnce(ReadOnlySpan<RequestPosting> postings, EntryLocation location)
    {
        for (var i = 0; i < postings.Length; i++)
        {
            if (!IsNotedBefore(postings[..i], postings[i].FromPosition))
                Note(postings[i].FromPosition, location, MovementKinds.Booked);
            if (!IsNotedBefore(postings[..i], postings[i].ToPosition))
                Note(postings[i].ToPosition, location, MovementKinds.Booked);
        }
    }

    private static bool IsNotedBefore(ReadOnlySpan<RequestPosting> earlier, int position)
    {
        foreach (ref readonly var posting in earlier)
            if (posting.FromPosition == position || posting.ToPosition == position) return true;
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref Position Touch(int number)
    {
        ref var position = ref _positions[number];
        _undo?.Keep(number, ref position);
        if (!position.IsUsed) Use(ref position);
        return ref position;
    }

    private void Use(ref Position position)
    {
        if (!IsUsed(position.Account)) UsedAccountCount++;
        position.IsUsed = true;
    }

    private bool IsUsed(int account)
    {
        for (var at = _accounts[account].FirstPosition; at >= 0; at = _positions[at].Next)
            if (_positions[at].IsUsed) return true;
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Note(int number, EntryLocation location, MovementKinds kinds)
    {
        ref var position = ref _positions[number];
        Movements.Add(Movement.Of(
            position.Account, position.Asset, kinds, location, position.Balance));
        if (position.Held != 0)
        {
            Movements.Add(Movement.Of(
                position.Account, position.Asset, MovementKinds.Held, location, position.Held));
        }
    }

    private void Close(OpenHold hold)
    {
        Forget(hold);
        _undo?.HoldsClosed.Add(hold);
    }

    private void Remember(OpenHold hold)
    {
        _holds.Add(hold.Id, hold);
        if (hold.ExpiresAt != long.MaxValue) _expiries.Add(hold);
    }

    private void Forget(OpenHold hold)
    {
        _holds.Remove(hold.Id);
        _expiries.Remove(hold);
    }
}
