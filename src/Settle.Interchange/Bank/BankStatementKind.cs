namespace Settle.Bank;

/// <summary>What a bank says with a list of lines.</summary>
internal enum BankStatementKind
{
    /// <summary>What was booked in a time that is over: camt.053, MT940.</summary>
    Statement,

    /// <summary>What was booked so far: camt.052, MT942.</summary>
    Report,

    /// <summary>Single lines, such as the transfers of a collective booking: camt.054.</summary>
    Notification,
}
