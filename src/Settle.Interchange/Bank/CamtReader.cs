using System.Xml.Linq;
using Settle.Paper.Xml;

namespace Settle.Bank;

/// <summary>
/// Reads the statements (camt.053), reports (camt.052) and notifications (camt.054) of ISO 20022,
/// whatever namespace a country or a bank gives them and whatever envelope they are in.
/// </summary>
internal static class CamtReader
{
    private static readonly (string Message, string Part, BankStatementKind Kind)[] Messages =
    [
        ("BkToCstmrStmt", "Stmt", BankStatementKind.Statement),
        ("BkToCstmrAcctRpt", "Rpt", BankStatementKind.Report),
        ("BkToCstmrDbtCdtNtfctn", "Ntfctn", BankStatementKind.Notification),
    ];

    /// <summary>The statements of a file, in its order.</summary>
    /// <exception cref="InvalidRequestException">It is not one, or it is damaged.</exception>
    public static IReadOnlyList<BankStatement> Read(
        XElement root, CancellationToken cancellation)
    {
        var documents = root.DescendantsAndSelf()
            .Where(each => each.Name.LocalName == "Document").ToList();
        if (documents.Count == 0) throw NoStatement(root);
        return [.. documents.SelectMany(each => Document(each, cancellation))];
    }

    private static IEnumerable<BankStatement> Document(
        XElement document, CancellationToken cancellation)
    {
        var found = Messages.FirstOrDefault(each => document.One(each.Message) is not null);
        if (found.Message is null) throw NoStatement(document);
        var page = document.One($"{found.Message}/GrpHdr/MsgPgntn");
        return document.All($"{found.Message}/{found.Part}")
            .Select(each => Statement(found.Kind, each, page, cancellation));
    }

    private static InvalidRequestException NoStatement(XElement element) =>
        new("file", $"is not a bank statement but <{element.Name.LocalName}> "
            + (element.Name.NamespaceName is { Length: > 0 } name ? $"of '{name}'"
                : "without a namespace")
            + "; a bank statement is camt.052, camt.053 or camt.054");

    private static BankStatement Statement(BankStatementKind kind, XElement statement,
        XElement? page, CancellationToken cancellation)
    {
        var account = Account(statement);
        var lines = new List<BankLine>();
        foreach (var (place, entry) in statement.All("Ntry").Index())
        {
            cancellation.ThrowIfCancellationRequested();
            lines.AddRange(Read(account, entry, place));
        }
        var opening = Balance(statement, "OPBD") ?? Balance(statement, "PRCD");
        var closing = Balance(statement, "CLBD");
        var number = string.Join('\n', new[]
        {
            statement.Text("Id"), statement.Text("ElctrncSeqNb"), statement.Text("LglSeqNb"),
            statement.Text("StmtPgntn/PgNb") ?? statement.Text("RptPgntn/PgNb")
                ?? page.Text("PgNb"),
        }.Where(each => !string.IsNullOrEmpty(each)));
        var isPart = CamtTotals.IsPaged(statement, page);
        return new BankStatement
        {
            Kind = kind,
            Account = account,
            Faults = isPart ? [] : [.. CamtTotals.Faults(statement)],
            Number = number.Length == 0 ? null : number,
            Opening = Signed(opening),
            // The balances of a part may be those of all parts.
            Closing = isPart ? null : Signed(closing),
            Asset = opening.Attribute("Amt", "Ccy"),
            Lines = lines,
        };
    }

    private static string Account(XElement statement)
    {
        string?[] names = [.. statement.All("Acct/Id/IBAN").Concat(
            statement.All("Acct/Id/Othr/Id")).Select(each => each.Value.Trim()).Distinct()
            .Select(each => BankTexts.Short("account", each))];
        if (statement.All("Acct/Id/IBAN").Skip(1).Any() || statement.All("Acct").Skip(1).Any())
        {
            throw new InvalidRequestException("file",
                $"a statement names its account more than once: {string.Join(", ", names)}");
        }
        return names.FirstOrDefault()
            ?? throw new InvalidRequestException("file", "a statement names no account");
    }

    private static IReadOnlyList<BankLine> Read(string account, XElement entry, int place)
    {
        try
        {
            CamtShape.CheckEntry(entry);
            // Version 02 has the word itself, later ones a code within.
            var status = entry.Text("Sts/Cd") ?? entry.Text("Sts");
            return status is null or "BOOK" ? CamtEntry.Read(account, entry) : [];
        }
        catch (InvalidRequestException e)
        {
            throw BankTexts.InLine(place + 1, account, e);
        }
    }

    private static XElement? Balance(XElement statement, string code) =>
        statement.All("Bal").FirstOrDefault(each => each.Text("Tp/CdOrPrtry/Cd") == code);

    private static long? Signed(XElement? balance) => balance is null ? null
        : CamtEntry.IsCredit(balance.Text("CdtDbtInd")) ? CamtEntry.Amount(balance.One("Amt"))
        : -CamtEntry.Amount(balance.One("Amt"));
}
