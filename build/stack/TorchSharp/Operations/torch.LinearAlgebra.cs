namespace TorchSharp;

// Products of matrices and vectors, as functions of their tensor.
public static partial class torch
{
    public static Tensor addbmm(Tensor input, Tensor batch1, Tensor batch2, float beta = 1f, float alpha = 1f) => input.addbmm(batch1, batch2, beta, alpha);
    public static Tensor addmm(Tensor input, Tensor mat1, Tensor mat2, float beta, float alpha) => input.addmm(mat1, mat2, beta, alpha);
    public static Tensor addmm_(Tensor input, Tensor mat1, Tensor mat2, float beta, float alpha) => input.addmm_(mat1, mat2, beta, alpha);
    public static Tensor addmv(Tensor input, Tensor mat1, Tensor mat2, float beta, float alpha) => input.addmv(mat1, mat2, beta, alpha);
    public static Tensor addr(Tensor input, Tensor vec1, Tensor vec2, float beta = 1f, float alpha = 1f) => input.addr(vec1, vec2, beta, alpha);
    public static Tensor baddbmm(Tensor input, Tensor batch1, Tensor batch2, float beta = 1f, float alpha = 1f) => input.baddbmm(batch1, batch2, beta, alpha);
    public static Tensor bmm(Tensor input, Tensor batch2) => input.bmm(batch2);
    public static Tensor det(Tensor input) => input.det();
    public static Tensor dot(Tensor input, Tensor other) => input.dot(other);
    public static Tensor inner(Tensor input, Tensor vec2) => input.inner(vec2);
    public static Tensor inverse(Tensor input) => input.inverse();
    public static Tensor kron(Tensor input, Tensor other) => input.kron(other);
    public static Tensor logdet(Tensor input) => input.logdet();
    public static Tensor matmul(Tensor input, Tensor target) => input.matmul(target);
    public static Tensor matrix_power(Tensor input, int n) => input.matrix_power(n);
    public static Tensor mm(Tensor input, Tensor target) => input.mm(target);
    public static Tensor mv(Tensor input, Tensor target) => input.mv(target);
    public static Tensor outer(Tensor input, Tensor vec2) => input.outer(vec2);
    public static Tensor tensordot(Tensor a, Tensor b, long dims = 2) => a.tensordot(b, dims);
    public static Tensor tensordot(Tensor a, Tensor b, long[] dims1, long[] dims2) => a.tensordot(b, dims1, dims2);
    public static Tensor trace(Tensor input) => input.trace();
}
