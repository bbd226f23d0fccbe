using Microsoft.ML.Data;

namespace Stack.Tests.ML.Core;

public class VectorTests
{
    private static VBuffer<float> Sparse => new(5, 2, [1f, 2f], [1, 3]);

    [Fact]
    public void ADenseVectorIsItsValues()
    {
        var vector = new VBuffer<int>(2, [4, 5, 6]);
        Assert.True(vector.IsDense);
        Assert.Equal([4, 5], vector.GetValues().ToArray());
        Assert.True(vector.GetIndices().IsEmpty);
        Assert.Equal("Dense vector of size 2", vector.ToString());
        Assert.Equal([4, 5], vector.DenseValues());
        Assert.Equal([new(0, 4), new(1, 5)], vector.Items());
    }

    [Fact]
    public void ASparseVectorIsZeroWhereItSaysNothing()
    {
        Assert.False(Sparse.IsDense);
        Assert.Equal("Sparse vector of size 5, 2 explicit values", Sparse.ToString());
        Assert.Equal([0f, 1f, 0f, 2f, 0f], Sparse.DenseValues());
        Assert.Equal([new(1, 1f), new(3, 2f)], Sparse.Items());
        Assert.Equal([new(0, 0f), new(1, 1f), new(2, 0f), new(3, 2f), new(4, 0f)], Sparse.Items(all: true));
        Assert.Equal([0f, 1f, 0f, 2f, 0f], Enumerable.Range(0, 5).Select(Sparse.GetItemOrDefault));
        Throws.Param("index", () => Sparse.GetItemOrDefault(5));
    }

    [Fact]
    public void CopiesKeepTheRepresentation()
    {
        VBuffer<float> copy = default;
        Sparse.CopyTo(ref copy);
        Assert.Equal([1, 3], copy.GetIndices().ToArray());
        Sparse.CopyToDense(ref copy);
        Assert.True(copy.IsDense);
        Assert.Equal([0f, 1f, 0f, 2f, 0f], copy.GetValues().ToArray());
        var span = new float[7];
        Sparse.CopyTo(span, 1, -1f);
        Assert.Equal([0f, -1f, 1f, -1f, 2f, -1f, 0f], span);
        Throws.Param("destination", "Not large enough to hold these values.", () =>
        {
            Sparse.CopyTo(new float[4]);
            return null;
        });
    }

    [Theory]
    [InlineData(0, 5, new[] { 1, 3 }, new[] { 1f, 2f })]
    [InlineData(1, 3, new[] { 0, 2 }, new[] { 1f, 2f })]
    [InlineData(2, 2, new[] { 1 }, new[] { 2f })]
    [InlineData(4, 1, new int[0], new float[0])]
    [InlineData(3, 1, new int[0], new[] { 2f })]
    public void ARangeOfASparseVectorIsSparse(int start, int length, int[] indices, float[] values)
    {
        VBuffer<float> copy = default;
        Sparse.CopyTo(ref copy, start, length);
        Assert.Equal(length, copy.Length);
        Assert.Equal(indices, copy.GetIndices().ToArray());
        Assert.Equal(values, copy.GetValues().ToArray());
    }

    [Fact]
    public void BuffersAreReused()
    {
        var buffer = new VBuffer<float>(4, new float[4]);
        var editor = VBufferEditor.Create(ref buffer, 3);
        Assert.False(editor.CreatedNewValues);
        editor.Values[2] = 7;
        buffer = editor.Commit();
        Assert.Equal([0f, 0f, 7f], buffer.GetValues().ToArray());
        editor = VBufferEditor.Create(ref buffer, 10, 5);
        Assert.True(editor.CreatedNewValues);
        Assert.True(editor.CreatedNewIndices);
        editor.Indices[0] = 9;
        editor.Values[0] = 1;
        buffer = editor.CommitTruncated(1);
        Assert.Equal(1f, buffer.GetItemOrDefault(9));
        Assert.Equal(1, buffer.GetValues().Length);
    }

    [Fact]
    public void OldValuesStayWhereTheyAreToBeKept()
    {
        var buffer = new VBuffer<int>(2, [1, 2]);
        var editor = VBufferEditor.Create(ref buffer, 3, keepOldOnResize: true);
        Assert.Equal([1, 2, 0], editor.Values.ToArray());
    }

    [Fact]
    public void BadSizesAreRefused()
    {
        Throws.Param("length", () => new VBuffer<int>(-1, []));
        Throws.Param("values", () => new VBuffer<int>(2, [1]));
        Throws.Param("count", () => new VBuffer<int>(2, 3, [1, 2, 3], [0, 1, 2]));
        Throws.Param("indices", () => new VBuffer<int>(4, 2, [1, 2], [0]));
        Throws.Param("valuesCount", "If specified, must be no greater than newLogicalLength", () =>
        {
            VBuffer<int> buffer = default;
            VBufferEditor.Create(ref buffer, 2, 3);
            return null;
        });
    }

    [Fact]
    public void ArraysAreCopiedIn()
    {
        VBuffer<int> buffer = default;
        VBuffer<int>.Copy([1, 2, 3, 4], 1, ref buffer, 2);
        Assert.Equal([2, 3], buffer.GetValues().ToArray());
    }
}
