using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Transformers.Tests;

/// <summary>What every stage must do, whatever it computes.</summary>
public sealed class StageTests(FittedStages fitted) : IClassFixture<FittedStages>
{
    private readonly MLContext mlContext = new(seed: 1);

    public static TheoryData<string> Stages => [.. StageCase.All.Select(stage => stage.Name)];

    [Theory, MemberData(nameof(Stages))]
    public void DeliversWhatItPromises(string stageName)
    {
        var stage = StageCase.Find(stageName);
        var (data, estimator) = (Data(), stage.Estimator(mlContext));
        var promise = PromiseOf(estimator, data);
        var delivered = fitted.Model(stage).Transform(data).Schema;
        foreach (var name in stage.Outputs)
        {
            var (promised, column) = (promise.Single(shape => shape.Name == name), delivered[name]);
            var item = column.Type is VectorDataViewType vector ? vector.ItemType : column.Type;
            Assert.Equal(promised.ItemType.RawType, item.RawType);
            Assert.Equal(promised.IsKey, item is KeyDataViewType);
            Assert.Equal(promised.Kind != SchemaShape.Column.VectorKind.Scalar, column.Type is VectorDataViewType);
            Assert.Equal(
                promised.Annotations.Select(annotation => annotation.Name).Order(),
                column.Annotations.Schema.Select(annotation => annotation.Name).Order());
        }
    }

    [Theory, MemberData(nameof(Stages))]
    public void NamesAMissingColumn(string stageName)
    {
        var stage = StageCase.Find(stageName);
        foreach (var name in stage.Inputs)
        {
            var data = mlContext.Transforms.DropColumns(name).Fit(Data()).Transform(Data());
            var estimator = stage.Estimator(mlContext);
            Assert.Contains($"'{name}'", Assert.Throws<ArgumentOutOfRangeException>(() => { estimator.Fit(data); }).Message);
            Assert.Contains($"'{name}'", Assert.Throws<ArgumentOutOfRangeException>(() => { PromiseOf(estimator, data); }).Message);
        }
    }

    [Theory, MemberData(nameof(Stages))]
    public void NamesAMistypedColumn(string stageName)
    {
        var stage = StageCase.Find(stageName);
        foreach (var name in stage.Inputs)
        {
            // A vector of numbers, or where that is what is wanted, a truth.
            var wantsNumbers = Data().Schema[name].Type is VectorDataViewType { ItemType.RawType: var item } && item == typeof(float);
            var data = mlContext.Transforms.CopyColumns(name, wantsNumbers ? "Truth" : "Number").Fit(Data()).Transform(Data());
            var estimator = stage.Estimator(mlContext);
            var message = Assert.Throws<ArgumentOutOfRangeException>(() => { estimator.Fit(data); }).Message;
            Assert.Contains($"Schema mismatch for input column '{name}'", message);
            Assert.Contains(wantsNumbers ? "got Boolean" : "got Vector<Single>", message);
            Assert.Contains($"'{name}'", Assert.Throws<ArgumentOutOfRangeException>(() => { PromiseOf(estimator, data); }).Message);
        }
    }

    [Theory, MemberData(nameof(Stages))]
    public void RefusesEmptyDataOrPassesThem(string stageName)
    {
        var stage = StageCase.Find(stageName);
        var (estimator, empty) = (stage.Estimator(mlContext), mlContext.Data.SkipRows(Data(), 1000));
        if (stage.SaysOfEmptyData is { } complaint)
            Assert.Contains(complaint, Assert.Throws<ArgumentException>(() => { estimator.Fit(empty); }).Message);
        else
            Assert.Empty(VectorColumn.ReadAll(estimator.Fit(empty).Transform(empty), stage.Outputs[0]));
    }

    [Theory, MemberData(nameof(Stages))]
    public void GivesTheSameInANewProcess(string stageName)
    {
        var stage = StageCase.Find(stageName);
        using var folder = new TemporaryFolder();
        var (rows, path) = (StageRow.Many(), folder.File("model.zip"));
        var chain = mlContext.Transforms.Conversion.MapValueToKey("Label", "Class")
            .Append(stage.Estimator(mlContext))
            .Append(mlContext.Transforms.CopyColumns("Copy", stage.Outputs[0]));
        var data = mlContext.Data.LoadFromEnumerable(rows);
        var model = chain.Fit(data);
        mlContext.Model.Save(model, data.Schema, path);
        Assert.Equal(VectorColumn.ReadAll(model.Transform(data), "Copy"), NewProcess.Score(path, rows, "Copy"));
    }

    [Theory, MemberData(nameof(Stages))]
    public void GivesTheSameInBatchesOfAnySizeAndRowByRow(string stageName)
    {
        var stage = StageCase.Find(stageName);
        var data = Data();
        var batched = fitted.Model(stage);
        var expected = VectorColumn.ReadAll(batched.Transform(data), stage.Outputs[0]);

        var mapper = batched.GetRowToRowMapper(data.Schema);
        var output = mapper.OutputSchema[stage.Outputs[0]];
        using var cursor = data.GetRowCursor(mapper.GetDependencies([output]));
        using var row = mapper.GetRow(cursor, [output]);
        var read = VectorColumn.Reader(row, output);
        var single = new List<float>();
        while (cursor.MoveNext())
            single.AddRange(read());
        Assert.Equal(expected.Length, single.Count);
        Assert.All(expected.Zip(single), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    [Theory, MemberData(nameof(Stages))]
    public void TwoCursorsAtOnceDoNotDisturbEachOther(string stageName)
    {
        var stage = StageCase.Find(stageName);
        var data = Data();
        var view = fitted.Model(stage).Transform(data);
        var expected = VectorColumn.ReadAll(view, stage.Outputs[0]);
        var column = view.Schema[stage.Outputs[0]];
        using var first = view.GetRowCursor([column]);
        using var second = view.GetRowCursor([column]);
        var (readFirst, readSecond) = (VectorColumn.Reader(first, column), VectorColumn.Reader(second, column));
        var (firstValues, secondValues) = (new List<float>(), new List<float>());
        while (first.MoveNext())
        {
            firstValues.AddRange(readFirst());
            if (first.Position % 3 == 0)
                continue;
            Assert.True(second.MoveNext());
            secondValues.AddRange(readSecond());
        }
        Assert.Equal(expected, firstValues);
        Assert.Equal(expected[..secondValues.Count], secondValues);
    }

    [Theory, MemberData(nameof(Stages))]
    public void ServesManyThreadsFromOneModel(string stageName)
    {
        var stage = StageCase.Find(stageName);
        var data = Data();
        var model = fitted.Model(stage);
        var expected = VectorColumn.ReadAll(model.Transform(data), stage.Outputs[0]);
        var results = new float[8][];
        Parallel.For(0, results.Length, index => results[index] = VectorColumn.ReadAll(model.Transform(Data()), stage.Outputs[0]));
        Assert.All(results, result => Assert.Equal(expected, result));
    }

    /// <summary>What a prediction engine does, in as many threads as a server may have.</summary>
    [Theory, MemberData(nameof(Stages))]
    public void AnswersRowByRowInSixteenThreadsAsInOne(string stageName)
    {
        var stage = StageCase.Find(stageName);
        var data = Data();
        var model = fitted.Model(stage);
        float[] RowByRow()
        {
            var mapper = model.GetRowToRowMapper(data.Schema);
            var output = mapper.OutputSchema[stage.Outputs[0]];
            using var cursor = data.GetRowCursor(mapper.GetDependencies([output]));
            using var row = mapper.GetRow(cursor, [output]);
            var read = VectorColumn.Reader(row, output);
            var values = new List<float>();
            while (cursor.MoveNext())
                values.AddRange(read());
            return [.. values];
        }

        var expected = RowByRow();
        var threads = Enumerable.Range(0, 16).Select(_ => Task.Factory.StartNew(RowByRow, TaskCreationOptions.LongRunning)).ToArray();
        Assert.All(threads, thread => Assert.Equal(expected, thread.Result));
    }

    [Theory, MemberData(nameof(Stages))]
    public void SaysThatItWasDisposed(string stageName)
    {
        var stage = StageCase.Find(stageName);
        using var folder = new TemporaryFolder();
        var data = Data();
        var model = stage.Estimator(mlContext).Fit(data);
        var view = model.Transform(data);
        using var open = view.GetRowCursor(view.Schema);
        ((IDisposable)model).Dispose();
        ((IDisposable)model).Dispose();
        var name = model.GetType().Name;
        Assert.Contains(name, Assert.Throws<ObjectDisposedException>(() => model.Transform(data)).Message);
        Assert.Contains(name, Assert.Throws<ObjectDisposedException>(() => model.GetRowToRowMapper(data.Schema)).Message);
        Assert.Contains(name, Assert.Throws<ObjectDisposedException>(() => view.GetRowCursor(view.Schema)).Message);
        Assert.Contains(name, Assert.Throws<ObjectDisposedException>(() => mlContext.Model.Save(model, data.Schema, folder.File("model.zip"))).Message);

        // Who had it open goes on.
        var read = VectorColumn.Reader(open, view.Schema[stage.Outputs[0]]);
        Assert.True(open.MoveNext());
        Assert.NotEmpty(read());
    }

    [Theory, MemberData(nameof(Stages))]
    public void ComputesNothingThatNobodyReads(string stageName)
    {
        var stage = StageCase.Find(stageName);
        var data = Data();
        var view = fitted.Model(stage).Transform(data);
        using var cursor = view.GetRowCursor([view.Schema["Number"]]);
        Assert.True(cursor.MoveNext());
        Assert.False(cursor.IsColumnActive(view.Schema[stage.Outputs[0]]));
        Assert.ThrowsAny<ArgumentException>(() => { VectorColumn.Reader(cursor, view.Schema[stage.Outputs[0]]); });
    }

    private IDataView Data() => FittedStages.Data(mlContext);

    /// <summary>What an estimator promises of a real schema, by way of a chain, which asks before it fits.</summary>
    private static SchemaShape PromiseOf(IEstimator<ITransformer> estimator, IDataView data)
    {
        var probe = new ShapeProbe();
        new EstimatorChain<ITransformer>().Append(probe).Fit(data);
        return estimator.GetOutputSchema(probe.Seen!);
    }

    private sealed class ShapeProbe : IEstimator<ITransformer>
    {
        public SchemaShape? Seen { get; private set; }

        public ITransformer Fit(IDataView input) => new TransformerChain<ITransformer>();

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => Seen = inputSchema;
    }
}
