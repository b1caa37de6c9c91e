namespace Settle.Server;

/// <summary>What is heavy enough to wait for others of its kind.</summary>
internal enum WorkKind
{
    /// <summary>A page of a list.</summary>
    List = 0,

    /// <summary>An invoice as a file.</summary>
    Paper = 1,

    /// <summary>A bank statement, which is many times its size once it is read.</summary>
    BankStatement = 2,

    /// <summary>A whole chain, or a period of it, as a file.</summary>
    Export = 3,
}
