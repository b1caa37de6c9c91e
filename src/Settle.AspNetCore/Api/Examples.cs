namespace Settle.Server;

/// <summary>The examples of the OpenAPI document. A test sends each of them.</summary>
internal static class Examples
{
    public const string Transfer =
        """
        {"id":"t-1","from":"@world","to":"Alex","amount":5000,"asset":"USD",
         "memo":"first deposit"}
        """;

    public const string DecidedTransfer =
        """
        {"id":"t-1","from":"@world","to":"Alex","amount":5000,"asset":"USD","status":"successful",
         "memo":"first deposit","block":2}
        """;

    public const string TransferBatch =
        """
        [{"id":"t-2","from":"@world","to":"Alex","amount":5000},
         {"id":"t-3","from":"Jane","to":"Alex","amount":100}]
        """;

    public const string Verdicts =
        """
        [{"id":"t-2","status":"successful","block":3},
         {"id":"t-3","status":"rejected","reason":"insufficient_funds","account":"Jane",
          "account_exists":false,"asset":"USD","spendable":0,"needed":100,"block":3}]
        """;

    public const string Transaction =
        """
        {"id":"x-1","postings":[{"from":"@world","to":"Alex","amount":9000},
         {"from":"@world","to":"fees","amount":1000}]}
        """;

    public const string Hold =
        """{"id":"h-1","from":"@world","to":"Alex","amount":2000,"expires_in":604800}""";

    public const string Capture = """{"id":"c-1","amount":1500}""";

    public const string Void = """{"id":"v-1","memo":"guest did not come"}""";

    public const string Revert = """{"id":"r-1","amount":1000,"memo":"one cup was cold"}""";

    public const string Id = """{"id":"r-1"}""";

    public const string Retire = """{"id":"retire-1@north"}""";

    public const string Account = """{"overdraft":10000,"owners":["alex"]}""";

    public const string OpenedAccount =
        """
        {"name":"Alex","closed":false,"owners":["alex"],"balances":[{"asset":"USD","balance":5000,
         "available":5000,"spendable":15000,"overdraft":10000}],"height":4}
        """;

    public const string Ledger =
        """
        {"name":"bank","asset":"USD","assets":[{"code":"USD","scale":2}],"height":4,
         "hash":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
         "accounts":2,"entries":5}
        """;

    public const string LedgerBody = """{"asset":"USD"}""";

    public const string Site = """{"id":"s-1","name":"lisbon","prefix":"lisbon:"}""";

    public const string Allowance = """{"account":"Alex","amount":500}""";

    public const string SiteBlocks =
        """
        {"ledger":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
         "giver":"lisbon","blocks":[]}
        """;

    public const string Asset = """{"scale":0}""";
}
