using System.Runtime.CompilerServices;
using Settle.Billing;

namespace Settle;

/// <content>What decided entries do to the state.</content>
internal sealed partial class Book
{
    /// <summary>
    /// Applies a recorded entry whose positions are resolved. A refused one changes nothing, it is
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
                TransferKind.Apply(this, batch, entry, location);
                break;
            case EntryKind.Transaction:
                TransactionKind.Apply(this, batch, entry, location);
                break;
            case EntryKind.Hold:
                HoldKind.Apply(this, batch, entry, location);
                break;
            case EntryKind.Capture or EntryKind.Void:
                ResolutionKind.Apply(this, batch, entry, location);
                break;
            case EntryKind.Revert:
                RevertKind.Apply(this, batch, entry, location);
                break;
            case EntryKind.Account:
                AccountKind.Apply(this, batch, entry, location);
                break;
            case EntryKind.Ledger or EntryKind.Asset:
                AssetKind.Apply(this, batch, entry);
                break;
            case EntryKind.Site or EntryKind.Suspend or EntryKind.End:
                Sites = entry.Kind switch
                {
                    EntryKind.Site => SiteKind.Apply(Sites, batch, entry, location),
                    EntryKind.Suspend => SuspendKind.Apply(Sites, batch, entry, location),
                    _ => EndKind.Apply(Sites, batch, entry, location),
                };
                break;
            case EntryKind.Grant:
                GrantKind.Apply(this, entry, location);
                break;
            case EntryKind.Join or EntryKind.Retire or EntryKind.Ask or EntryKind.Fork:
                // What these do is between the chains (SiteLedger).
                break;
            default:
                ApplyBilling(batch, entry, location);
                break;
        }
    }

    /// <summary>Moves money without asking. The caller has asked, or takes it back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Move(int from, int to, long amount)
    {
        Touch(from).Balance -= amount;
        Touch(to).Balance += amount;
    }

    private void ApplyBilling(RequestBatch batch, in Request entry, EntryLocation location)
    {
        Billing.Apply(batch, entry, location);
        if (entry.Kind == EntryKind.Payment) NotePayment(batch.Billing(entry), batch, location);
        if (KindSet.Returned.Has(entry.Kind)) NoteMoneyBack(batch, entry, location);
        if (entry.ExtraCount == 0) return;
        var postings = batch.Postings(entry);
        foreach (ref var posting in postings)
        {
            NoteBilling(posting.FromPosition);
            NoteBilling(posting.ToPosition);
        }
        // What is owed, and what a credit note takes back, may fall below zero (B9).
        var isPaid = entry.Kind == EntryKind.Payment && !batch.Billing(entry).IsWriteOff;
        if (!isPaid || !batch.Billing(entry).Discounted.IsEmpty)
        {
            foreach (ref var posting in postings)
            {
                if (isPaid && !Position(posting.FromPosition).IsBillings) continue;
                ref readonly var position = ref Touch(posting.FromPosition);
                SetLimits(
                    posting.FromPosition, Settle.Position.NoFloor, position.Ceiling, location);
            }
        }
        TransactionKind.Apply(this, batch, entry, location);
    }

    private void NoteBilling(int number)
    {
        if (!_positions[number].IsBillings || _positions[number].IsUsedByBilling) return;
        Touch(number).Billings |= Settle.Position.UsedByBilling;
    }

    // Lists find payments without reading what is between them.
    private void NotePayment(in BillingTerms terms, RequestBatch batch, EntryLocation location)
    {
        var customer = Billing.FindCustomer(batch.Bytes(terms.Customer));
        Movements.Add(Movement.Payment(customer, location, terms.Date));
        Movements.Add(Movement.Payment(null, location, terms.Date));
    }

    private void NoteMoneyBack(RequestBatch batch, in Request entry, EntryLocation location)
    {
        ref readonly var terms = ref batch.Billing(entry);
        var customer = Billing.FindCustomer(batch.Bytes(terms.Customer));
        Movements.Add(Movement.MoneyBack(customer, location, terms.Date, entry.Kind));
        Movements.Add(Movement.MoneyBack(null, location, terms.Date, entry.Kind));
        if (entry.Reference.IsEmpty) return;
        var payment = Billing.FindTakenBack(batch.Bytes(entry.Reference));
        Movements.Add(Movement.TakenBack(payment, location, terms.Date, entry.Kind));
    }

    /// <summary>Sets the limits of a position that the caller has touched.</summary>
    public void SetLimits(int number, long floor, long ceiling, EntryLocation location)
    {
        ref var position = ref _positions[number];
        if ((position.Floor, position.Ceiling) == (floor, ceiling)) return;
        (position.Floor, position.Ceiling) = (floor, ceiling);
        Movements.Add(new Movement(
            position.Account, position.Asset, MovementKinds.Terms, location, floor, ceiling));
    }

    // Readers find a refused transfer at both accounts, although it moved nothing.
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
        else if (KindSet.Moving.Has(entry.Kind) && !entry.From.IsEmpty)
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

    /// <summary>A position to change.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref Position Touch(int number)
    {
        ref var position = ref _positions[number];
        _undo?.Keep(number, ref position);
        if (!position.IsUsed) Use(ref position);
        return ref position;
    }

    private void Use(ref Position position)
    {
        if (!IsUsed(position.Account))
        {
            UsedAccountCount++;
            _newAccounts.Add(position.Account);
        }
        position.IsUsed = true;
    }

    private bool IsUsed(int account)
    {
        for (var at = _accounts[account].FirstPosition; at >= 0; at = _positions[at].Next)
            if (_positions[at].IsUsed) return true;
        return false;
    }

    /// <summary>Says in the log of movements what a position has now.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Note(int number, EntryLocation location, MovementKinds kinds)
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

    /// <summary>Says that money moved on another day than its block's.</summary>
    public void NoteDate(int from, int to, long amount, int day, EntryLocation location)
    {
        foreach (var (number, change) in (ReadOnlySpan<(int, long)>)[(from, -amount), (to, amount)])
        {
            ref readonly var position = ref _positions[number];
            Movements.Add(new Movement(position.Account, position.Asset, MovementKinds.Dated,
                location, change, day));
        }
    }

    /// <summary>An account to change.</summary>
    public ref AccountState TouchAccount(int number)
    {
        _undo?.Accounts.Add((number, _accounts[number]));
        return ref _accounts[number];
    }

    /// <summary>Keeps the notes of an account; where they stand.</summary>
    public int Add(AccountNotes notes)
    {
        _notes.Add(notes);
        return _notes.Count - 1;
    }

    public void Open(string id, in Request entry, EntryLocation location)
    {
        var hold = new OpenHold(id, entry.FromPosition, _positions[entry.ToPosition].Account,
            entry.Amount, entry.ExpiresAt == 0 ? long.MaxValue : entry.ExpiresAt, Time,
            ++_holdSequence, location);
        Remember(hold);
        _undo?.HoldsOpened.Add(hold);
    }

    public void Close(OpenHold hold)
    {
        Forget(hold);
        _undo?.HoldsClosed.Add(hold);
    }

    private void Remember(OpenHold hold)
    {
        _holds.Add(hold, PayerOf(hold));
        CountHeld(hold, hold.Amount);
    }

    private void Forget(OpenHold hold)
    {
        _holds.Remove(hold, PayerOf(hold));
        CountHeld(hold, -hold.Amount);
    }

    private int PayerOf(OpenHold hold) => _positions[hold.From].Account;

    private void CountHeld(OpenHold hold, Int128 amount)
    {
        var key = (hold.To, _positions[hold.From].Asset);
        var held = _heldFor.GetValueOrDefault(key) + amount;
        if (held == 0) _heldFor.Remove(key);
        else _heldFor[key] = held;
    }
}
