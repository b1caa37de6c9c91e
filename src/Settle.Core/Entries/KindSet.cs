namespace Settle;

/// <summary>Kinds of entries, each at the bit that has its number.</summary>
[Flags]
internal enum KindSet
{
    None = 0,
    Ledger = 1 << EntryKind.Ledger,
    Asset = 1 << EntryKind.Asset,
    Account = 1 << EntryKind.Account,
    Transfer = 1 << EntryKind.Transfer,
    Transaction = 1 << EntryKind.Transaction,
    Hold = 1 << EntryKind.Hold,
    Capture = 1 << EntryKind.Capture,
    Void = 1 << EntryKind.Void,
    Revert = 1 << EntryKind.Revert,
    Seller = 1 << EntryKind.Seller,
    Customer = 1 << EntryKind.Customer,
    Charge = 1 << EntryKind.Charge,
    Subscription = 1 << EntryKind.Subscription,
    Invoice = 1 << EntryKind.Invoice,
    CreditNote = 1 << EntryKind.CreditNote,
    Payment = 1 << EntryKind.Payment,
    Refund = 1 << EntryKind.Refund,
    Chargeback = 1 << EntryKind.Chargeback,
    Withdrawal = 1 << EntryKind.Withdrawal,

    Noted = Transfer | Transaction | Hold,
    Resolution = Capture | Void,
    Derived = Resolution | Revert,
    Moving = Transfer | Hold | Derived,
    Priced = Charge | Subscription,
    Document = Invoice | CreditNote,
    Party = Seller | Customer,
    Returned = Refund | Chargeback,
    Billing = Party | Priced | Document | Payment | Returned | Withdrawal,
    All = (1 << (EntryKind.Withdrawal + 1)) - 1,
}
