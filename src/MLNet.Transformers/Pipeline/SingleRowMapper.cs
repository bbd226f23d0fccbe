namespace MLNet.Transformers.Pipeline;

/// <summary>Scores one row at a time, when it is asked for: what a prediction engine uses.</summary>
internal sealed class SingleRowMapper<TRow, TResult>(RowScorer<TRow, TResult> scorer, DataViewSchema schema) : IRowToRowMapper
{
    private readonly ColumnBindings bindings = scorer.Bind(schema);

    public DataViewSchema InputSchema => bindings.InputSchema;

    public DataViewSchema OutputSchema => bindings.OutputSchema;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) =>
        bindings.Dependencies(bindings.Active(dependingColumns));

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        if (input.Schema != InputSchema)
        {
            throw new ArgumentException("The row has another schema than the one that this mapper was made for.", nameof(input));
        }
        return new ScoredRow(scorer, bindings, bindings.Active(activeColumns), input);
    }

    private sealed class ScoredRow : DataViewRow
    {
        private readonly ColumnBindings bindings;
        private readonly bool[] active;
        private readonly DataViewRow input;
        private readonly ScoringSession<TRow, TResult>? session;
        private readonly Func<TRow>? read;
        private readonly OutputGetters<TRow, TResult> getters;
        private TResult? scored;
        private long scoredPosition = -1;

        public ScoredRow(RowScorer<TRow, TResult> scorer, ColumnBindings bindings, bool[] active, DataViewRow input)
        {
            this.bindings = bindings;
            this.active = active;
            this.input = input;
            if (bindings.AnyOutput(active))
            {
                read = scorer.CreateReader(input);
                session = scorer.Open(bindings.WantedOutputs(active));
            }
            getters = new OutputGetters<TRow, TResult>(scorer, bindings, active, Current);
        }

        public override DataViewSchema Schema => bindings.OutputSchema;

        public override long Position => input.Position;

        public override long Batch => input.Batch;

        public override bool IsColumnActive(DataViewSchema.Column column) => active[column.Index];

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => getters.Get<TValue>(column, input);

        public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                session?.Dispose();
                input.Dispose();
            }
            base.Dispose(disposing);
        }

        private TResult Current()
        {
            if (scoredPosition != input.Position)
            {
                scored = session!.Score([read!()])[0];
                scoredPosition = input.Position;
            }
            return scored!;
        }
    }
}
